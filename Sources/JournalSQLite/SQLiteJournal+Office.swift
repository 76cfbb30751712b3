package import CopyDomain
package import CopyJournal

extension SQLiteJournal {
    package func examine(_ fingerprint: String, owner: OwnerID) async throws(JournalError) -> Examination {
        try await write { try $0.examine(fingerprint, owner: owner) }
    }

    package func examined(_ fingerprint: String) async throws(JournalError) {
        try await write { try $0.examined(fingerprint) }
    }

    package func sighted(_ id: RequestID) async throws(JournalError) {
        try await write { try $0.sighted(id) }
    }

    package func takeStranded(for period: Duration, limit: Int) async throws(JournalError) -> [StrandedRequest] {
        try await write { try $0.takeStranded(for: period, limit: limit) }
    }

    package func find(_ id: RequestID) async throws(JournalError) -> JournalEntry? {
        try await read { try JournalReading(db: $0).find(id) }
    }

    package func list(after id: RequestID?, limit: Int) async throws(JournalError) -> [JournalEntry] {
        try await read { try JournalReading(db: $0).list(after: id, limit: limit) }
    }

    package func obligations() async throws(JournalError) -> [RecordedObligation] {
        try await read { try JournalReading(db: $0).obligations() }
    }

    package func unreadableObligations() async throws(JournalError) -> [UnreadableObligation] {
        try await read { try JournalReading(db: $0).unreadableObligations() }
    }

    @discardableResult
    package func record(_ finding: ObligationFinding, of number: Int64) async throws(JournalError) -> Bool {
        try await write { try $0.record(finding, of: number) }
    }

    package func tend(_ owner: OwnerID) async throws(JournalError) -> Bool {
        try await write { try $0.tend(owner) }
    }

    package func identity() async throws(JournalError) -> JournalIdentity {
        try await read { try JournalReading(db: $0).identity() }
    }

    package func advance(beyond other: Int64?) async throws(JournalError) -> JournalIdentity {
        try await write { try $0.advance(beyond: other) }
    }

    package func prune(endedBefore moment: Timestamp) async throws(JournalError) -> Int {
        // In portions, so that saves do not wait for a long deletion.
        let portion = 500
        var total = 0
        var deleted: Int
        repeat {
            deleted = try await write { try $0.deleteRequests(endedBefore: moment, atMost: portion) }
            total += deleted
        } while deleted == portion
        try await write { try $0.sweep(before: moment) }
        return total
    }
}
