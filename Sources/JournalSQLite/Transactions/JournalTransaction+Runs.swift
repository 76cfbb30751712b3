import CopyDomain
import CopyJournal
import Foundation
import GRDB

extension JournalTransaction {
    func save(_ record: CheckpointRecord, for lease: Lease) throws -> Held {
        let changes = try execute(
            """
            UPDATE request SET checkpoint = ?, format = ?, phase = ?, saved_at = ?
            WHERE id = ? AND run = ? AND epoch = ? AND owner = ?
            """,
            [
                record.json, Checkpoint.currentFormat, record.phase, now.milliseconds, lease.id.rawValue, lease.run,
                lease.epoch, lease.owner.rawValue,
            ]
        )
        guard changes == 1 else { return .fenced }
        try touch(lease.owner)
        try note(record, for: lease)
        return .held
    }

    func finish(
        _ outcome: StoredOutcome,
        envelope: String,
        _ record: CheckpointRecord,
        for lease: Lease
    ) throws -> Finish {
        let sql = "SELECT run, epoch, ended_at, outcome, outcome_body FROM request WHERE id = ?"
        if let row = try row(sql, [lease.id.rawValue], of: lease.id), row.hasEnded {
            // Each grant has an epoch of its own: the same epoch is the same lease.
            let isSame = try row.integer("epoch") == lease.epoch && row.count("run") == lease.run
            return isSame ? .ended(try row.outcome) : .fenced
        }
        let changes = try execute(
            """
            UPDATE request SET checkpoint = ?, format = ?, phase = ?, saved_at = ?, ended_at = ?, outcome = ?,
                outcome_body = ?, owner = NULL, sighted_at = ?
            WHERE id = ? AND run = ? AND epoch = ? AND owner = ?
            """,
            [
                record.json, Checkpoint.currentFormat, Phase.ended.rawValue, now.milliseconds, now.milliseconds,
                envelope, Data(outcome.body), now.milliseconds, lease.id.rawValue, lease.run, lease.epoch,
                lease.owner.rawValue,
            ]
        )
        guard changes == 1 else { return .fenced }
        try touch(lease.owner)
        try note(record, for: lease)
        try execute("DELETE FROM reservation WHERE request = ?", [lease.id.rawValue])
        try execute("DELETE FROM cancellation WHERE id = ?", [lease.id.rawValue])
        return .ended(outcome)
    }

    func published(_ id: RequestID, run: Int) throws {
        try execute(
            "UPDATE request SET published = 1 WHERE id = ? AND run = ? AND ended_at IS NOT NULL",
            [id.rawValue, run]
        )
    }

    func learned(_ fact: LearnedFact, record: String, for lease: Lease) throws {
        try execute(
            """
            INSERT OR IGNORE INTO obligation (request, run, resource, item, learned, record, recorded_at)
            VALUES (?, ?, ?, ?, 1, ?, ?)
            """,
            [
                lease.id.rawValue, lease.run, fact.resource.rawValue, fact.subject.itemID, record, now.milliseconds,
            ]
        )
    }

    func reserve(_ name: String, for lease: Lease) throws -> Reservation {
        guard try isValid(lease) else { return .fenced }
        let sql = "SELECT request FROM reservation WHERE name = ?"
        if let holder = try row(sql, [name], of: lease.id)?.requestID("request"), holder != lease.id {
            return .taken(by: holder)
        }
        try touch(lease.owner)
        try execute(
            "INSERT OR IGNORE INTO reservation (name, request) VALUES (?, ?)",
            [name, lease.id.rawValue]
        )
        return .granted
    }

    /// Keeps what the machine names: the ids that are its own, and what it owes.
    private func note(_ record: CheckpointRecord, for lease: Lease) throws {
        for id in record.targetIDs {
            try execute(
                """
                INSERT OR IGNORE INTO target (resource, id, request)
                SELECT target, ?, id FROM request WHERE id = ?
                """,
                [id, lease.id.rawValue]
            )
        }
        for obligation in record.obligations {
            try execute(
                """
                INSERT OR IGNORE INTO obligation (request, run, resource, item, learned, record, recorded_at)
                VALUES (?, ?, ?, ?, 0, ?, ?)
                """,
                [
                    lease.id.rawValue, lease.run, obligation.resource, obligation.item, obligation.json,
                    now.milliseconds,
                ]
            )
        }
    }
}
