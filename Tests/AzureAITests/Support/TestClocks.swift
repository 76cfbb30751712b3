import Synchronization

/// A moment of either test clock.
struct TestInstant: InstantProtocol {
    var offset: Duration

    func advanced(by duration: Duration) -> TestInstant { TestInstant(offset: offset + duration) }
    func duration(to other: TestInstant) -> Duration { other.offset - offset }
    static func < (left: TestInstant, right: TestInstant) -> Bool { left.offset < right.offset }
}

/// A clock that leaps to the end of every sleep.
final class LeapingClock: Clock {
    private let time = Mutex(Duration.zero)

    var now: TestInstant { TestInstant(offset: time.withLock { $0 }) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: TestInstant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        time.withLock { $0 = max($0, deadline.offset) }
    }
}

/// A clock that moves when it is told to.
final class ManualClock: Clock {
    private struct Sleeper {
        let id: Int
        let end: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var time = Duration.zero
        var sleepers: [Sleeper] = []
        var nextID = 0
    }

    private let state = Mutex(State())

    var now: TestInstant { TestInstant(offset: state.withLock(\.time)) }
    var minimumResolution: Duration { .nanoseconds(1) }
    var sleepers: Int { state.withLock(\.sleepers.count) }

    func sleep(until deadline: TestInstant, tolerance: Duration?) async throws {
        let id = state.withLock { state in
            defer { state.nextID += 1 }
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enum Entry { case sleeps, isOver, isCancelled }
                let entry = state.withLock { state -> Entry in
                    if Task.isCancelled { return .isCancelled }
                    if state.time >= deadline.offset { return .isOver }
                    state.sleepers.append(Sleeper(id: id, end: deadline.offset, continuation: continuation))
                    return .sleeps
                }
                switch entry {
                case .sleeps: break
                case .isOver: continuation.resume()
                case .isCancelled: continuation.resume(throwing: CancellationError())
                }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    func advance(by duration: Duration) {
        let woken = state.withLock { state -> [Sleeper] in
            state.time += duration
            let woken = state.sleepers.filter { $0.end <= state.time }
            state.sleepers.removeAll { $0.end <= state.time }
            return woken
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }
}

/// Lets other tasks run until something is the case.
func eventually(_ condition: @Sendable () -> Bool) async {
    while !condition() { await Task.yield() }
}
