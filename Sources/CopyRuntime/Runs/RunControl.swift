import Synchronization

/// What others ask of a run, or of whoever waits with its delivery: waits end at once, what has effects is not cut off.
final class RunControl: Sendable {
    enum Wish: Sendable {
        /// Somebody wants the request cancelled: its machine is told.
        case cancel
        case handBack(Run.HandBack)
    }

    private struct State {
        var isCancelWanted = false
        /// Cancelling is asked for once in a run.
        var isCancelKnown = false
        var handBack: Run.HandBack?
        var isWorkDone = false
        var waiter: CheckedContinuation<Void, Never>?

        var isCalled: Bool { isWorkDone || isCancelWanted || handBack != nil }
    }

    private let state = Mutex(State())

    /// The first hand-back that is asked for decides where the request goes.
    func ask(_ wish: Wish) {
        change { state in
            switch wish {
            case .cancel where state.isCancelKnown: break
            case .cancel:
                state.isCancelKnown = true
                state.isCancelWanted = true
            case .handBack(let reason): state.handBack = state.handBack ?? reason
            }
        }
    }

    /// Takes what is asked for; giving the request up comes first, for its next owner hears of a cancellation too.
    func next() -> Wish? {
        state.withLock { state in
            if let reason = state.handBack {
                state.handBack = nil
                return .handBack(reason)
            }
            guard state.isCancelWanted else { return nil }
            state.isCancelWanted = false
            return .cancel
        }
    }

    /// Does the work in a task that is cancelled as soon as something is asked for, or this task is cancelled.
    func interrupting<Result: Sendable>(_ work: @escaping @Sendable () async -> Result) async -> Result {
        state.withLock { $0.isWorkDone = false }
        return await withTaskGroup(of: Result.self) { group in
            group.addTask { [self] in
                let result = await work()
                change { $0.isWorkDone = true }
                return result
            }
            await wait()
            group.cancelAll()
            guard let result = await group.next() else { preconditionFailure("the group has one task") }
            return result
        }
    }

    /// Waits for something, unless something is asked for meanwhile, or was before.
    func waiting<Result: Sendable>(
        _ wait: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let result = await interrupting {
            do {
                return Swift.Result<Result, any Error>.success(try await wait())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func change(_ change: (inout State) -> Void) {
        let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
            change(&state)
            guard state.isCalled else { return nil }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    // Set before the handler below runs: whichever of the two comes first, one of them sees it.
                    if Task.isCancelled || state.isCalled { return true }
                    state.waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
    }
}
