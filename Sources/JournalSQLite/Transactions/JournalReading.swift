import CopyDomain
import CopyJournal
import GRDB

/// What people and the janitor ask.
struct JournalReading {
    let db: Database

    func find(_ id: RequestID) throws -> JournalEntry? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM request WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id.rawValue]).map(Self.entry)
    }

    func list(after id: RequestID?, limit: Int) throws -> [JournalEntry] {
        var start: Int64 = 0
        if let id {
            let statement = try db.cachedStatement(sql: "SELECT number FROM request WHERE id = ?")
            guard let number = try Int64.fetchOne(statement, arguments: [id.rawValue]) else { return [] }
            start = number
        }
        let statement = try db.cachedStatement(sql: "SELECT * FROM request WHERE number > ? ORDER BY number LIMIT ?")
        return try Row.fetchAll(statement, arguments: [start, max(0, limit)]).map(Self.entry)
    }

    func obligations() throws -> [RecordedObligation] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM open_obligation ORDER BY number")
        return try Row.fetchAll(statement).map { row in
            let stored = StoredRow(row: row, subject: "an obligation of request \(Self.name(row, "request"))")
            let obligation = try obligation(stored)
            let finding = try stored.optionalText("finding")
            return RecordedObligation(
                number: try stored.integer("number"),
                request: try stored.requestID("request"),
                run: try stored.count("run"),
                obligation: obligation,
                nextLook: finding == nil ? obligation.due : try stored.moment("next_look"),
                finding: finding
            )
        }
    }

    func identity() throws -> JournalIdentity {
        let row = try journal("SELECT id, generation FROM journal")
        return JournalIdentity(id: try row.text("id"), generation: try row.integer("generation"))
    }

    /// The one row of what the journal says about itself.
    func journal(_ sql: String) throws -> StoredRow {
        guard let row = try Row.fetchOne(db.cachedStatement(sql: sql)) else {
            throw JournalError(.unusable, "the journal has lost its identity; restore a copy of it")
        }
        return StoredRow(row: row, subject: "the journal's identity", damage: .unusable)
    }

    private func obligation(_ row: StoredRow) throws -> Obligation {
        guard try row.integer("learned") == 0 else {
            let moment = Timestamp(milliseconds: try row.integer("recorded_at"))
            return try row.json(LearnedFact.self, "record").obligation(learnedAt: moment)
        }
        let obligation = try row.json(Obligation.self, "record")
        let owned = try db.cachedStatement(
            sql: """
                SELECT EXISTS (SELECT 1 FROM target WHERE resource = :resource AND id = :id)
                    OR EXISTS (SELECT 1 FROM obligation WHERE resource = :resource AND item = :id AND learned = 1)
                """
        )
        return try obligation.leavingOut { id in
            try Bool.fetchOne(owned, arguments: ["resource": obligation.resource.rawValue, "id": id]) ?? false
        }
    }

    private static func entry(_ row: Row) throws -> JournalEntry {
        let stored = StoredRow(row: row, subject: "request \(name(row, "id"))")
        guard let phase = Phase(rawValue: try stored.text("phase")) else { throw stored.wrong("phase") }
        return JournalEntry(
            id: try stored.requestID("id"),
            run: try stored.count("run"),
            plan: try stored.json(CopyPlan.self, "plan"),
            phase: phase,
            owner: try stored.owner,
            epoch: try stored.integer("epoch"),
            acceptedAt: Timestamp(milliseconds: try stored.integer("accepted_at")),
            outcome: stored.hasEnded ? try stored.outcome : nil,
            published: try stored.published
        )
    }

    private static func name(_ row: Row, _ column: String) -> String {
        String.fromDatabaseValue(row[column]) ?? "without a name"
    }
}
