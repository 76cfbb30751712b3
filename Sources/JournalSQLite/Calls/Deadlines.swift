import CopyJournal
import Dispatch
import Synchronization

/// Bounds every call: SQLite's own time-outs end waits for locks, but not for a disk that does not answer.
///
/// All calls have the same limit, so they expire in the order in which they began, and one timer serves them all.
final class Deadlines: Sendable {
    private struct Call: Sendable {
        let deadline: ContinuousClock.Instant
        let isAwaited: @Sendable () -> Bool
        let expire: @Sendable () -> Void
    }

    private struct State: Sendable {
        var calls: [Call] = []
        var isTimerSet = false
    }

    private let limit: Duration
    private let state = Mutex(State())

    init(limit: Duration) {
        self.limit = limit
    }

    /// Waits for the ticket that `start` is handed to be settled, at most for the limit, whatever becomes of the
    /// caller's task.
    func call<Value: Sendable>(_ start: (Ticket<Value>) -> Void) async throws(JournalError) -> Value {
        let answer = await withCheckedContinuation { continuation in
            let ticket = Ticket<Value>(continuation)
            watch(ticket)
            start(ticket)
        }
        return try answer.get()
    }

    private func watch<Value: Sendable>(_ ticket: Ticket<Value>) {
        let limit = limit
        let call = Call(deadline: .now + limit) {
            ticket.isAwaited
        } expire: {
            ticket.settle(.failure(JournalError(.unavailable, "no answer from the store within \(limit)")))
        }
        let needsTimer = state.withLock { state in
            state.calls.append(call)
            defer { state.isTimerSet = true }
            return !state.isTimerSet
        }
        if needsTimer { setTimer(after: limit) }
    }

    private func setTimer(after delay: Duration) {
        DispatchQueue.global().asyncAfter(deadline: .now() + (delay / .seconds(1))) { [weak self] in
            self?.expire()
        }
    }

    private func expire() {
        let now = ContinuousClock.now
        let (overdue, next) = state.withLock { state in
            let overdue = state.calls.filter { $0.deadline <= now && $0.isAwaited() }
            state.calls.removeAll { $0.deadline <= now || !$0.isAwaited() }
            let next = state.calls.first?.deadline
            state.isTimerSet = next != nil
            return (overdue, next)
        }
        for call in overdue { call.expire() }
        if let next { setTimer(after: now.duration(to: next)) }
    }
}
