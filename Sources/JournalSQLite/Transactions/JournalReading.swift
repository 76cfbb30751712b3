import CopyDomain
import CopyJournal
import GRDB

/// What people and the janitor ask.
struct JournalReading {
    let db: Database

    func find(_ id: RequestID) throws -> JournalEntry? {
        let statement = try db.cachedStatement(sql: "\(Self.request) WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id.rawValue]).map(Self.entry)
    }

    func list(after id: RequestID?, limit: Int) throws -> [JournalEntry] {
        var start: Int64 = 0
        if let id {
            let statement = try db.cachedStatement(sql: "SELECT number FROM request WHERE id = ?")
            guard let number = try Int64.fetchOne(statement, arguments: [id.rawValue]) else { return [] }
            start = number
        }
        let statement = try db.cachedStatement(sql: "\(Self.request) WHERE number > ? ORDER BY number LIMIT ?")
        return try Row.fetchAll(statement, arguments: [start, max(0, limit)]).map(Self.entry)
    }

    func obligations() throws -> [RecordedObligation] {
        try standing().compactMap { reading in
            switch reading {
            case .whole(let obligation): obligation
            case .damaged: nil
            }
        }
    }

    func unreadableObligations() throws -> [UnreadableObligation] {
        try standing().compactMap { reading in
            switch reading {
            case .whole: nil
            case .damaged(let obligation): obligation
            }
        }
    }

    private enum Reading {
        case whole(RecordedObligation)
        case damaged(UnreadableObligation)
    }

    private func standing() throws -> [Reading] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM open_obligation ORDER BY number")
        return try Row.fetchAll(statement).map { row in
            // A rowid, which is an integer whatever else is damaged.
            let number: Int64 = row["number"]
            do {
                return .whole(try recorded(row, number))
            } catch let damage as JournalError where damage.code == .unreadable {
                return .damaged(UnreadableObligation(number: number, message: damage.message))
            }
        }
    }

    private func recorded(_ row: Row, _ number: Int64) throws -> RecordedObligation {
        let stored = StoredRow(row: row, subject: "an obligation of request \(Self.name(row, "request"))")
        let obligation = try obligation(stored)
        let finding = try stored.optionalText("finding")
        let look =
            finding == nil
            ? StoredLook(obligation.due, needsPerson: false)
            : StoredLook(column: try stored.optionalInteger("next_look"), due: obligation.due)
        return RecordedObligation(
            number: number,
            request: try stored.requestID("request"),
            run: try stored.count("run"),
            obligation: obligation,
            nextLook: look.moment,
            needsPerson: look.needsPerson,
            finding: finding
        )
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

    private static let request = """
        SELECT *, EXISTS (SELECT 1 FROM cancellation WHERE cancellation.id = request.id) AS cancelled FROM request
        """

    private static func entry(_ row: Row) throws -> JournalEntry {
        let stored = StoredRow(row: row, subject: "request \(name(row, "id"))")
        let format = try stored.count("format")
        do {
            return try wholeEntry(stored, format)
        } catch {
            // It need not be damaged: the version that wrote it may know more than this one.
            guard !Checkpoint.readableFormats.contains(format) else { throw error }
            throw JournalError(.unreadable, "\(stored.subject) \(foreign(format))", otherFormat: format)
        }
    }

    private static func wholeEntry(_ stored: StoredRow, _ format: Int) throws(JournalError) -> JournalEntry {
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
            published: try stored.published,
            isCancelRequested: try stored.integer("cancelled") != 0,
            deaths: try stored.deaths,
            damage: stored.hasEnded ? nil : damage(stored, format)
        )
    }

    /// What a claim would say about the checkpoint.
    private static func damage(_ row: StoredRow, _ format: Int) -> String? {
        guard Checkpoint.readableFormats.contains(format) else { return "the checkpoint \(foreign(format))" }
        do {
            _ = try row.json(Checkpoint.self, "checkpoint")
            return nil
        } catch {
            return error.message
        }
    }

    private static func foreign(_ format: Int) -> String {
        "was written by another version of this software, in the format \(format)"
    }

    private static func name(_ row: Row, _ column: String) -> String {
        String.fromDatabaseValue(row[column]) ?? "without a name"
    }
}
