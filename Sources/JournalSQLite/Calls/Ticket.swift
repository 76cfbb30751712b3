import CopyJournal
import Synchronization

/// Somebody's wait for an answer, which ends once: by the answer or by the deadline, whichever comes first.
final class Ticket<Value: Sendable>: Sendable {
    typealias Answer = Result<Value, JournalError>

    private let continuation: Mutex<CheckedContinuation<Answer, Never>?>

    init(_ continuation: CheckedContinuation<Answer, Never>) {
        self.continuation = Mutex(continuation)
    }

    /// Whether somebody still waits.
    var isAwaited: Bool { continuation.withLock { $0 != nil } }

    /// - Returns: whether the answer was taken.
    @discardableResult
    func settle(_ answer: Answer) -> Bool {
        let waiting = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        waiting?.resume(returning: answer)
        return waiting != nil
    }
}
