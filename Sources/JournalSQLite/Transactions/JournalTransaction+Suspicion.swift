import CopyDomain
import CopyJournal
import GRDB

extension JournalTransaction {
    func confine(_ lease: Lease) throws -> Held {
        try change("confined = 1", of: lease)
    }

    func acquit(_ lease: Lease) throws -> Held {
        try change("confined = 0, recent_deaths = 0, died_alone = 0", of: lease)
    }

    private func change(_ columns: String, of lease: Lease) throws -> Held {
        let changes = try execute(
            "UPDATE request SET \(columns) WHERE id = ? AND run = ? AND epoch = ? AND owner = ?",
            [lease.id.rawValue, lease.run, lease.epoch, lease.owner.rawValue]
        )
        guard changes == 1 else { return .fenced }
        try touch(lease.owner)
        return .held
    }

    func examine(_ fingerprint: String, owner: OwnerID) throws -> Examination {
        let statement = try db.cachedStatement(
            sql: """
                SELECT examination.owner, owner.boot AS owner_boot, owner.uptime AS owner_uptime
                FROM examination LEFT JOIN owner ON owner.id = examination.owner WHERE fingerprint = ?
                """
        )
        if let row = try Row.fetchOne(statement, arguments: [fingerprint]) {
            let stored = StoredRow(row: row, subject: "the examination of message \(fingerprint)")
            let other = OwnerID(rawValue: try stored.text("owner"))
            if other != owner { return lives(try stored.ownerSeen) ? .elsewhere(other) : .fatal(other) }
        }
        try touch(owner)
        try execute(
            "INSERT OR REPLACE INTO examination (fingerprint, owner, begun_at) VALUES (?, ?, ?)",
            [fingerprint, owner.rawValue, now.milliseconds]
        )
        return .open
    }

    func examined(_ fingerprint: String) throws {
        try execute("DELETE FROM examination WHERE fingerprint = ?", [fingerprint])
    }
}
