import CopyDomain
import CopyJournal
import GRDB

extension JournalTransaction {
    func record(_ finding: ObligationFinding, of number: Int64) throws -> Bool {
        let columns: (served: Bool, sentence: String, nextLook: Int64?) =
            switch finding {
            case .served(let sentence): (true, sentence, nil)
            case .open(let sentence, let nextLook): (false, sentence, StoredLook(nextLook, needsPerson: false).column)
            case .needsPerson(let sentence, let nextLook):
                (false, sentence, StoredLook(nextLook, needsPerson: true).column)
            }
        let changed = try execute(
            "UPDATE obligation SET served = ?, finding = ?, next_look = ? WHERE number = ? AND served = 0",
            [columns.served, columns.sentence, columns.nextLook, number]
        )
        return changed > 0
    }

    func tend(_ owner: OwnerID) throws -> Bool {
        let row = try journal(
            """
            SELECT janitor, boot AS owner_boot, uptime AS owner_uptime
            FROM journal LEFT JOIN owner ON owner.id = janitor
            """
        )
        let other = try row.optionalText("janitor")
        if let other, other != owner.rawValue, lives(try row.ownerSeen) { return false }
        try touch(owner)
        if other != owner.rawValue { try execute("UPDATE journal SET janitor = ?", [owner.rawValue]) }
        return true
    }

    func advance(beyond other: Int64?) throws -> JournalIdentity {
        let present = try JournalReading(db: db).identity()
        let next = JournalIdentity(id: present.id, generation: present.generation(beyond: other))
        try execute("UPDATE journal SET generation = ?", [next.generation])
        return next
    }

    private func journal(_ sql: String) throws -> StoredRow {
        try JournalReading(db: db).journal(sql)
    }
}
