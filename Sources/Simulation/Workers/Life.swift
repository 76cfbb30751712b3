import Synchronization

/// A worker's life as its ports see it: they ask before and after everything they do, and one of those moments can be
/// its last. Whatever a dead worker still tries has no effect.
package final class Life: Sendable {
    private struct State {
        var moments = 0
        var last: Int?
        var isOver = false
        var mourner: CheckedContinuation<Void, Never>?
    }

    private let state: Mutex<State>
    /// Who waits for the worker between two of its steps.
    let ambush: Ambush?

    /// - Parameter last: the number of the moment, from 1, at which the worker dies; `nil`: it lives on.
    package init(last: Int? = nil, ambush: Ambush? = nil) {
        state = Mutex(State(last: last))
        self.ambush = ambush
    }

    package var isOver: Bool { state.withLock(\.isOver) }
    /// How many moments have passed.
    package var moments: Int { state.withLock(\.moments) }

    /// One more moment.
    /// - Returns: whether the worker still lives.
    package func goesOn() -> Bool {
        let isLast = state.withLock { state in
            guard !state.isOver else { return false }
            state.moments += 1
            return state.moments == state.last
        }
        if isLast { end() }
        return !isOver
    }

    package func end() {
        let mourner = state.withLock { state in
            state.isOver = true
            defer { state.mourner = nil }
            return state.mourner
        }
        mourner?.resume()
    }

    /// Returns when the life is over, or when the task is cancelled.
    package func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !state.isOver, !Task.isCancelled else { return true }
                    state.mourner = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let mourner = state.withLock { state in
                defer { state.mourner = nil }
                return state.mourner
            }
            mourner?.resume()
        }
    }
}
