import CopyDomain
import CopyJournal
import GRDB

/// The writes of one commit.
///
/// A write that refuses with a ``JournalError`` does so before its first change, because its neighbours are committed
/// nevertheless; errors of SQLite undo the whole transaction.
struct JournalTransaction {
    let db: Database
    /// The journal's clock when the transaction began.
    let now: Timestamp
    /// The machine's clock, likewise: on it owners live.
    let life: SignOfLife
    let staleAfter: Duration

    /// - Returns: how many rows were changed.
    @discardableResult
    func execute(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
        return db.changesCount
    }

    func row(_ sql: String, _ arguments: StatementArguments, of id: RequestID) throws -> StoredRow? {
        try Row.fetchOne(db.cachedStatement(sql: sql), arguments: arguments)
            .map { StoredRow(row: $0, subject: "request \(id.rawValue)") }
    }

    func isValid(_ lease: Lease) throws -> Bool {
        let sql = "SELECT 1 FROM request WHERE id = ? AND run = ? AND epoch = ? AND owner = ?"
        return try row(sql, [lease.id.rawValue, lease.run, lease.epoch, lease.owner.rawValue], of: lease.id) != nil
    }

    /// Whether an owner whose last sign of life is `seen` lives; `nil`: it is not registered.
    func lives(_ seen: SignOfLife?) -> Bool {
        seen?.isFresh(at: life, limit: staleAfter) ?? false
    }

    /// Notes a sign of life.
    func touch(_ owner: OwnerID) throws {
        try execute(
            """
            INSERT INTO owner (id, seen_at, boot, uptime) VALUES (?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, boot = excluded.boot, uptime = excluded.uptime
            WHERE uptime <> excluded.uptime OR boot <> excluded.boot
            """,
            [owner.rawValue, now.milliseconds, life.boot, life.uptime]
        )
    }
}
