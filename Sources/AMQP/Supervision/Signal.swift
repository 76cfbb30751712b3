import Synchronization

/// A bell for one waiting task: rung while nobody waits, it lets the next wait pass at once.
package final class Signal: Sendable {
    private enum State {
        /// Can transition to: rung, waiting.
        case quiet
        /// Can transition to: quiet.
        case rung
        /// Can transition to: quiet.
        case waiting(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex(State.quiet)

    package init() {}

    package func ring() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            switch state {
            case .quiet, .rung:
                state = .rung
                return nil
            case .waiting(let continuation):
                state = .quiet
                return continuation
            }
        }
        waiter?.resume()
    }

    /// Returns when the bell rings, or when the task is cancelled. One task at a time.
    package func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let passes = state.withLock { state -> Bool in
                    switch state {
                    case .quiet:
                        // Under the lock that `onCancel` takes: a cancellation is seen here or finds the continuation.
                        guard !Task.isCancelled else { return true }
                        state = .waiting(continuation)
                        return false
                    case .rung:
                        state = .quiet
                        return true
                    case .waiting:
                        preconditionFailure("a signal has one waiting task")
                    }
                }
                if passes { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard case .waiting(let continuation) = state else { return nil }
                state = .quiet
                return continuation
            }
            waiter?.resume()
        }
    }

    /// The same, for `limit` at most; `nil` is no limit.
    func wait(atMost limit: Duration?, by stopwatch: Stopwatch) async {
        guard let limit else { return await wait() }
        guard limit > .zero else { return }
        await withTaskGroup { group in
            group.addTask { await self.wait() }
            group.addTask { await stopwatch.pause(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }
}
