import CopyJournal

/// A write that waits for its commit.
struct QueuedWrite: Sendable {
    /// Tells the caller, once the commit is done, and returns what has to be undone if there is no caller any more.
    typealias Answer = () -> QueuedWrite?

    let perform: @Sendable (JournalTransaction) throws -> Answer
    let fail: @Sendable (JournalError) -> Void
    let isAwaited: @Sendable () -> Bool
    /// It takes back what nobody was told of: done sooner or later.
    let isUndo: Bool

    init<Value: Sendable>(
        answering ticket: Ticket<Value>,
        undo: (@Sendable (Value) -> CommitQueue.Undo?)?,
        _ body: @escaping @Sendable (JournalTransaction) throws -> Value
    ) {
        perform = { transaction in
            let value = try body(transaction)
            return {
                guard !ticket.settle(.success(value)), let undo = undo?(value) else { return nil }
                return QueuedWrite(undoing: undo)
            }
        }
        fail = { ticket.settle(.failure($0)) }
        isAwaited = { ticket.isAwaited }
        isUndo = false
    }

    private init(undoing undo: @escaping CommitQueue.Undo) {
        perform = { transaction in
            try undo(transaction)
            return { nil }
        }
        fail = { _ in }
        isAwaited = { true }
        isUndo = true
    }
}
