import Synchronization

/// A clock that stands still until it is told to go on.
package final class SimulatedClock: Clock {
    package struct Instant: InstantProtocol {
        package let offset: Swift.Duration

        package func advanced(by duration: Swift.Duration) -> Instant { Instant(offset: offset + duration) }
        package func duration(to other: Instant) -> Swift.Duration { other.offset - offset }
        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private enum Waiter {
        case sleeper(CheckedContinuation<Void, any Error>)
        case call(@Sendable () -> Void)

        func wake() {
            switch self {
            case .sleeper(let continuation): continuation.resume()
            case .call(let body): body()
            }
        }
    }

    private struct State {
        var now = Instant(offset: .zero)
        var timers = TimerQueue<Waiter>()
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Instant { state.withLock(\.now) }
    package var minimumResolution: Swift.Duration { .nanoseconds(1) }
    /// Time since the clock was made.
    package var elapsed: Swift.Duration { now.offset }

    package func sleep(until deadline: Instant, tolerance: Swift.Duration?) async throws {
        let number = state.withLock { $0.timers.nextNumber() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let result = state.withLock { state -> Result<Void, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if deadline <= state.now { return .success(()) }
                    state.timers.add(number, due: deadline.offset, .sleeper(continuation))
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            if case .sleeper(let continuation)? = state.withLock({ $0.timers.cancel(number) }) {
                continuation.resume(throwing: CancellationError())
            }
        }
    }

    /// Calls `body` once that much time has passed, on the thread that moves the clock.
    package func call(after duration: Swift.Duration, _ body: @escaping @Sendable () -> Void) {
        state.withLock { state in
            let number = state.timers.nextNumber()
            state.timers.add(number, due: state.now.offset + max(.zero, duration), .call(body))
        }
    }

    /// Wakes everybody whose time comes meanwhile.
    package func advance(by duration: Swift.Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            var woken: [Waiter] = []
            while let due = state.timers.nextDue(), due <= state.now.offset, let next = state.timers.takeNext() {
                woken.append(next.action)
            }
            return woken
        }
        for waiter in woken { waiter.wake() }
    }

    /// Goes on to the next date and wakes one sleeper. `false`: nobody sleeps.
    package func advanceToNext() -> Bool {
        let woken = state.withLock { state -> Waiter? in
            guard let next = state.timers.takeNext() else { return nil }
            state.now = max(state.now, Instant(offset: next.due))
            return next.action
        }
        woken?.wake()
        return woken != nil
    }
}
