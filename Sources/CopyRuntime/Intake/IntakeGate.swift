import Synchronization

/// Lets pass, except while something forbids it. One lets requests begin: not while an outcome finds no queue (what
/// nobody can be told of is not begun), a request runs alone, or the journal is not the pool's any more. Another lets
/// any message be judged: not in the last case.
final class IntakeGate: Sendable {
    private struct State {
        /// How many forbid it.
        var obstacles = 0
        var nextTicket = 0
        var waiting: [Int: CheckedContinuation<Void, any Error>] = [:]
    }

    private let state = Mutex(State())

    var isOpen: Bool { state.withLock { $0.obstacles == 0 } }

    func close() {
        state.withLock { $0.obstacles += 1 }
    }

    /// Takes one `close()` back; the last one lets everybody pass.
    func open() {
        let waiting = state.withLock { state in
            precondition(state.obstacles > 0, "a gate was opened that was not closed")
            state.obstacles -= 1
            guard state.obstacles == 0 else { return [CheckedContinuation<Void, any Error>]() }
            defer { state.waiting = [:] }
            return state.waiting.sorted { $0.key < $1.key }.map(\.value)
        }
        for waiter in waiting { waiter.resume() }
    }

    /// Returns when the gate is open.
    /// - Throws: `CancellationError`.
    func pass() async throws {
        try Task.checkCancellation()
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let end: Result<Void, any Error>? = state.withLock { state in
                    // Set before the handler below runs: whichever of the two comes first, one of them sees it.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.obstacles == 0 { return .success(()) }
                    state.waiting[ticket] = continuation
                    return nil
                }
                if let end { continuation.resume(with: end) }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume(throwing: CancellationError())
        }
    }
}
