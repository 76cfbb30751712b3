import Synchronization

/// A clock that stands still until it is told to go on.
package final class SimulatedClock: Clock {
    package struct Instant: InstantProtocol {
        package let offset: Swift.Duration

        package func advanced(by duration: Swift.Duration) -> Instant { Instant(offset: offset + duration) }
        package func duration(to other: Instant) -> Swift.Duration { other.offset - offset }
        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        let due: Instant
        let number: UInt64
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var lastNumber: UInt64 = 0
        /// By (due, number).
        var sleepers: [Sleeper] = []
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Instant { state.withLock(\.now) }
    package var minimumResolution: Swift.Duration { .nanoseconds(1) }
    /// Time since the clock was made.
    package var elapsed: Swift.Duration { now.offset }
    package var sleeperCount: Int { state.withLock(\.sleepers.count) }

    package func sleep(until deadline: Instant, tolerance: Swift.Duration?) async throws {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let result = state.withLock { state -> Result<Void, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if deadline <= state.now { return .success(()) }
                    let index = state.sleepers.firstIndex { $0.due > deadline } ?? state.sleepers.endIndex
                    state.sleepers.insert(
                        Sleeper(due: deadline, number: number, continuation: continuation),
                        at: index
                    )
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let index = state.sleepers.firstIndex(where: { $0.number == number }) else { return nil }
                return state.sleepers.remove(at: index)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Wakes everybody whose time comes meanwhile.
    package func advance(by duration: Swift.Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let count = state.sleepers.prefix { $0.due <= state.now }.count
            defer { state.sleepers.removeFirst(count) }
            return Array(state.sleepers.prefix(count))
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Goes on to the next date and wakes one sleeper. `false`: nobody sleeps.
    package func advanceToNext() -> Bool {
        let woken = state.withLock { state -> Sleeper? in
            guard let first = state.sleepers.first else { return nil }
            state.now = max(state.now, first.due)
            return state.sleepers.removeFirst()
        }
        woken?.continuation.resume()
        return woken != nil
    }
}
