import CopyDomain
import CopyJournal
import GRDB
import Synchronization

/// Group commit: all writes that wait while a commit is under way go into the next one together.
///
/// A write that fails is undone without its neighbours: whatever fails after BEGIN is rolled back and each write of the
/// batch is done again in a transaction of its own. Writes are made so that doing them again is harmless.
final class CommitQueue: Sendable {
    typealias Undo = @Sendable (JournalTransaction) throws -> Void

    /// So many writes share a commit at most, so that one answer does not wait for thousands.
    static let batchLimit = 1024
    /// Among so few that wait nobody looks for those that were given up.
    private static let few = 64

    private struct State: Sendable {
        var waiting: [QueuedWrite] = []
        /// Once so many wait, those that were given up are dropped, with all they hold.
        var clearingCount = CommitQueue.few
        /// What could not be taken back yet: it goes ahead of the next batch.
        var undos: [QueuedWrite] = []
        var isDraining = false
        var isClosed = false
        var figures = CommitFigures()

        /// The commit that all wait for may not come back for long. The next look comes when twice as many wait as now,
        /// so that looking costs little per write.
        mutating func dropGivenUp() {
            guard waiting.count >= clearingCount else { return }
            waiting.removeAll { !$0.isAwaited() }
            clearingCount = max(CommitQueue.few, 2 * waiting.count)
        }
    }

    let file: JournalFile
    private let pool: DatabasePool
    let files: [FileIdentity]
    private let staleAfter: Duration
    private let machine: MachineClock
    private let wallClock: @Sendable () -> Timestamp
    private let state = Mutex(State())

    init(
        pool: DatabasePool,
        file: JournalFile,
        files: [FileIdentity],
        staleAfter: Duration,
        machine: MachineClock,
        wallClock: @escaping @Sendable () -> Timestamp
    ) {
        self.pool = pool
        self.file = file
        self.files = files
        self.staleAfter = staleAfter
        self.machine = machine
        self.wallClock = wallClock
    }

    var figures: CommitFigures { state.withLock { $0.figures } }

    /// Writes that wait for the next commit.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Why nothing may be read or written any more; `nil`: every file is what it was.
    var replacement: JournalError? {
        if let missing = file.missing(of: files) { return JournalError(replaced: missing) }
        return nil
    }

    func add(_ write: QueuedWrite) {
        let (isClosed, isIdle) = state.withLock { state in
            guard !state.isClosed else { return (true, false) }
            state.waiting.append(write)
            state.dropGivenUp()
            defer { state.isDraining = true }
            return (false, !state.isDraining)
        }
        if isClosed { write.fail(JournalError(.unavailable, "\(file.path) was closed")) }
        if isIdle { pool.asyncWriteWithoutTransaction { self.drain($0) } }
    }

    /// Refuses what is added from now on; what waits is still done.
    func close() {
        state.withLock { $0.isClosed = true }
    }

    private func drain(_ db: Database) {
        while let batch = nextBatch() {
            commit(batch, to: db)
        }
    }

    private func nextBatch() -> [QueuedWrite]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                state.clearingCount = Self.few
                return nil
            }
            let batch = state.waiting.prefix(Self.batchLimit)
            state.waiting.removeFirst(batch.count)
            defer { state.undos = [] }
            return state.undos + batch
        }
    }
}

// MARK: - One commit

extension CommitQueue {
    private func commit(_ batch: [QueuedWrite], to db: Database) {
        // Whoever was told that the store is away asks again: what has not begun is not done behind its back.
        let writes = batch.filter { $0.isAwaited() }
        guard !writes.isEmpty else { return }
        do {
            try begin(db)
        } catch {
            let failure = JournalError(error, at: file.path)
            for write in writes { refuse(write, failure) }
            return
        }
        do {
            // Nor is what was given up while this process waited for the lock.
            let due = writes.filter { $0.isAwaited() }
            let answers = try perform(due, in: db)
            try db.commit()
            state.withLock { $0.figures.count(due.count) }
            // An undo goes ahead of the waiting, among whom the one to be undone may ask again.
            let undone = answers.compactMap { $0() }
            if !undone.isEmpty { commit(undone, to: db) }
        } catch {
            // SQLite may have rolled back by itself; then this fails, and it does not matter.
            try? db.rollback()
            guard writes.count > 1 else {
                refuse(writes[0], JournalError(error, at: file.path))
                return
            }
            for write in writes { commit([write], to: db) }
        }
    }

    private func refuse(_ write: QueuedWrite, _ failure: JournalError) {
        guard write.isUndo else { return write.fail(failure) }
        state.withLock { $0.undos.append(write) }
    }

    private func begin(_ db: Database) throws {
        if let replacement { throw replacement }
        if db.isInsideTransaction { try db.rollback() }
        try db.beginTransaction(.immediate)
    }

    private func perform(_ writes: [QueuedWrite], in db: Database) throws -> [QueuedWrite.Answer] {
        // Read with the lock in hand: what others wrote while this process waited for it is not from the future.
        let transaction = JournalTransaction(db: db, now: wallClock(), life: machine.now, staleAfter: staleAfter)
        return try writes.map { write in
            do {
                return try write.perform(transaction)
            } catch let refusal as JournalError {
                // Thrown before the first change, see JournalTransaction: the neighbours go on.
                return {
                    write.fail(refusal)
                    return nil
                }
            }
        }
    }
}
