import CopyDomain
import CopyJournal
import Foundation
import GRDB

extension JournalTransaction {
    func claim(_ new: NewRequest, owner: OwnerID) throws -> Claim {
        let sql = """
            SELECT request.*, owner.boot AS owner_boot, owner.uptime AS owner_uptime
            FROM request LEFT JOIN owner ON owner.id = request.owner WHERE request.id = ?
            """
        guard let row = try row(sql, [new.id.rawValue], of: new.id) else { return try insert(new, owner: owner) }
        let lease = Lease(
            id: new.id,
            run: try row.count("run"),
            epoch: try row.integer("epoch"),
            owner: owner
        )
        switch try tenure(row, content: new.content).ruling(for: owner, at: life, staleAfter: staleAfter) {
        case .grant(let ownerDied): return try grant(row, after: lease, ownerDied: ownerDied)
        case .mine:
            try touch(owner)
            return .mine(lease)
        case .runningElsewhere(let other): return .runningElsewhere(other)
        case .ended: return .ended(try row.outcome, published: try row.published)
        case .otherContent: return .otherContent
        case .otherFormat(let format):
            try sighted(new.id)
            return .otherFormat(format)
        }
    }

    func release(_ leases: [Lease]) throws {
        for lease in leases {
            try execute(
                """
                UPDATE request SET owner = NULL, sighted_at = ? WHERE id = ? AND run = ? AND epoch = ? AND owner = ?
                """,
                [now.milliseconds, lease.id.rawValue, lease.run, lease.epoch, lease.owner.rawValue]
            )
        }
    }

    func retire(_ owner: OwnerID) throws {
        try execute(
            "UPDATE request SET owner = NULL, sighted_at = ? WHERE owner = ?",
            [now.milliseconds, owner.rawValue]
        )
        try execute("DELETE FROM examination WHERE owner = ?", [owner.rawValue])
        try execute("DELETE FROM owner WHERE id = ?", [owner.rawValue])
    }

    private func tenure(_ row: StoredRow, content: [UInt8]) throws(JournalError) -> Tenure {
        Tenure(
            hasSameContent: try row.bytes("content") == content,
            hasEnded: row.hasEnded,
            format: try row.count("format"),
            owner: try row.owner,
            ownerSeen: try row.ownerSeen
        )
    }

    private func insert(_ new: NewRequest, owner: OwnerID) throws -> Claim {
        try execute(
            """
            INSERT INTO request (
                id, run, content, plan, target, accepted_at, format, checkpoint, phase, owner, epoch, saved_at,
                sighted_at
            ) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
            """,
            [
                new.id.rawValue, Data(new.content), new.planJSON, new.plan.target.name.rawValue,
                new.plan.acceptedAt.milliseconds, Checkpoint.currentFormat, new.record.json, new.record.phase,
                owner.rawValue, now.milliseconds, now.milliseconds,
            ]
        )
        try touch(owner)
        return .granted(
            Grant(
                lease: Lease(id: new.id, run: 1, epoch: 1, owner: owner),
                checkpoint: new.first,
                isNew: true,
                isCancelRequested: try isCancelRequested(new.id)
            )
        )
    }

    private func grant(_ row: StoredRow, after previous: Lease, ownerDied: Bool) throws -> Claim {
        // All that may be unreadable is read before anything is changed.
        let checkpoint = try row.json(Checkpoint.self, "checkpoint")
        let plan = try row.json(CopyPlan.self, "plan")
        guard previous.epoch < .max else { throw row.wrong("epoch") }
        var deaths = try row.deaths
        if ownerDied {
            guard max(deaths.total, deaths.recent, deaths.alone) < .max else { throw row.wrong("deaths") }
            deaths = deaths.oneMore(alone: try row.integer("confined") != 0)
        }
        let lease = Lease(
            id: previous.id,
            run: previous.run,
            epoch: previous.epoch + 1,
            owner: previous.owner
        )
        try execute(
            """
            UPDATE request SET owner = ?, epoch = ?, deaths = ?, recent_deaths = ?, died_alone = ?, confined = 0,
                sighted_at = ?, searches = 0
            WHERE id = ?
            """,
            [
                lease.owner.rawValue, lease.epoch, deaths.total, deaths.recent, deaths.alone, now.milliseconds,
                lease.id.rawValue,
            ]
        )
        try touch(lease.owner)
        return .granted(
            Grant(
                lease: lease,
                checkpoint: checkpoint,
                isNew: checkpoint.isUntouched(plan),
                isCancelRequested: try isCancelRequested(lease.id),
                deaths: deaths
            )
        )
    }
}
