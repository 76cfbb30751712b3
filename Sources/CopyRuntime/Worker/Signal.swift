import Synchronization

/// Wakes one waiter; a signal that nobody waits for is kept until somebody does.
final class Signal: Sendable {
    private enum State {
        case idle, raised
        case waiting(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex(State.idle)

    func raise() {
        let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard case .waiting(let waiter) = state else {
                state = .raised
                return nil
            }
            state = .idle
            return waiter
        }
        waiter?.resume()
    }

    /// Returns at the next signal, or when the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isRaised = state.withLock { state in
                    switch state {
                    case .raised:
                        state = .idle
                        return true
                    case .idle:
                        guard !Task.isCancelled else { return true }
                        state = .waiting(continuation)
                        return false
                    case .waiting: preconditionFailure("a signal has one waiter")
                    }
                }
                if isRaised { continuation.resume() }
            }
        } onCancel: {
            let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
                guard case .waiting(let waiter) = state else { return nil }
                state = .idle
                return waiter
            }
            waiter?.resume()
        }
    }
}
