import CopyDomain
import CopyJournal
import GRDB

extension JournalTransaction {
    func cancel(_ id: RequestID) throws -> Cancellation {
        let sql = "SELECT ended_at, outcome, outcome_body, published FROM request WHERE id = ?"
        if let row = try row(sql, [id.rawValue], of: id), row.hasEnded {
            return .ended(try row.outcome, published: try row.published)
        }
        try execute(
            "INSERT OR IGNORE INTO cancellation (id, asked_at) VALUES (?, ?)",
            [id.rawValue, now.milliseconds]
        )
        return .noted
    }

    func isCancelRequested(_ id: RequestID) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT 1 FROM cancellation WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id.rawValue]) != nil
    }

    func beat(_ owner: OwnerID) throws -> [RequestID] {
        try touch(owner)
        let statement = try db.cachedStatement(
            sql: """
                SELECT id FROM request
                WHERE owner = ? AND EXISTS (SELECT 1 FROM cancellation WHERE cancellation.id = request.id)
                ORDER BY number
                """
        )
        // An id that cannot be read is no reason to take its owner for dead.
        return try Row.fetchAll(statement, arguments: [owner.rawValue])
            .compactMap { String.fromDatabaseValue($0["id"]).flatMap(RequestID.init(rawValue:)) }
    }
}
