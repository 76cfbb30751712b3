import Synchronization

/// Runs operations to their end although the task that asked for them is cancelled.
///
/// A run's task is cancelled to make it stop between two steps. What must not be cut off half-way (a call to Azure, a
/// write to the journal, a publication) is handed to the shield's own task group, and the asker waits there for it.
package final class Shield: Sendable {
    private typealias Job = @Sendable () async -> Void

    private struct State {
        var isAbandoned = false
        var nextTicket = 0
        var waiting: [Int: @Sendable () -> Void] = [:]
    }

    private let jobs: AsyncStream<Job>
    private let submit: AsyncStream<Job>.Continuation
    private let state = Mutex(State())

    package init() {
        (jobs, submit) = AsyncStream.makeStream()
    }

    /// Carries out what is handed over, until ``close()`` and the end of the last operation.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for await job in jobs {
                group.addTask { await job() }
            }
        }
        abandon()
    }

    /// The result of the operation, which runs to its end whatever happens to the asking task.
    /// - Throws: `CancellationError` if the shield was closed before, or was abandoned before the operation ended.
    package func run<Result: Sendable>(
        _ operation: @escaping @Sendable () async -> Result
    ) async throws(CancellationError) -> Result {
        let result: Result? = await withCheckedContinuation { continuation in
            let slot = PendingSlot(continuation)
            let ticket = enlist { slot.resume(nil) }
            guard let ticket else { return slot.resume(nil) }
            let yielded = submit.yield { [self] in
                let value = await operation()
                withdraw(ticket)
                slot.resume(value)
            }
            if case .terminated = yielded {
                withdraw(ticket)
                slot.resume(nil)
            }
        }
        guard let result else { throw CancellationError() }
        return result
    }

    /// Lets go of everybody who still waits; the operations themselves go on unheard.
    package func abandon() {
        let waiting = state.withLock { state in
            state.isAbandoned = true
            defer { state.waiting = [:] }
            return state.waiting.sorted { $0.key < $1.key }.map(\.value)
        }
        for letGo in waiting { letGo() }
    }

    /// Takes nothing more.
    package func close() {
        submit.finish()
    }

    private func enlist(_ letGo: @escaping @Sendable () -> Void) -> Int? {
        state.withLock { state in
            guard !state.isAbandoned else { return nil }
            state.nextTicket += 1
            state.waiting[state.nextTicket] = letGo
            return state.nextTicket
        }
    }

    private func withdraw(_ ticket: Int) {
        state.withLock { _ = $0.waiting.removeValue(forKey: ticket) }
    }
}

/// A continuation that is resumed by whoever comes first.
private final class PendingSlot<Value: Sendable>: Sendable {
    private let continuation: Mutex<CheckedContinuation<Value?, Never>?>

    init(_ continuation: CheckedContinuation<Value?, Never>) {
        self.continuation = Mutex(continuation)
    }

    func resume(_ value: Value?) {
        continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }?.resume(returning: value)
    }
}
