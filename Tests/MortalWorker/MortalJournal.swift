import CopyDomain
import CopyJournal

/// The worker's journal, with stops around what it is told about a request.
struct MortalJournal: Journal {
    private let journal: any Journal
    private let fate: Fate

    init(_ journal: any Journal, fate: Fate) {
        self.journal = journal
        self.fate = fate
    }

    private func perform<Answer: Sendable>(
        _ act: Act,
        of id: RequestID,
        _ call: () async throws(JournalError) -> Answer
    ) async throws(JournalError) -> Answer {
        let number = await fate.begin(act, of: id.rawValue)
        let answer = try await call()
        if await fate.end(act, number, of: id.rawValue) {
            throw JournalError(.unavailable, "the answer was lost on its way")
        }
        return answer
    }

    // MARK: - What has stops

    func claim(_ id: RequestID, content: [UInt8], plan: CopyPlan, owner: OwnerID) async throws(JournalError) -> Claim {
        try await perform(.claim, of: id) { () async throws(JournalError) in
            try await journal.claim(id, content: content, plan: plan, owner: owner)
        }
    }

    func save(_ checkpoint: Checkpoint, for lease: Lease) async throws(JournalError) -> Held {
        try await perform(.save, of: lease.id) { () async throws(JournalError) in
            try await journal.save(checkpoint, for: lease)
        }
    }

    func finish(_ outcome: StoredOutcome, checkpoint: Checkpoint, for lease: Lease) async throws(JournalError) -> Finish
    {
        try await perform(.finish, of: lease.id) { () async throws(JournalError) in
            try await journal.finish(outcome, checkpoint: checkpoint, for: lease)
        }
    }

    func published(_ id: RequestID, run: Int) async throws(JournalError) {
        try await perform(.published, of: id) { () async throws(JournalError) in
            try await journal.published(id, run: run)
        }
    }

    func reserve(_ name: String, for lease: Lease) async throws(JournalError) -> Reservation {
        try await perform(.reserve, of: lease.id) { () async throws(JournalError) in
            try await journal.reserve(name, for: lease)
        }
    }

    // MARK: - What passes

    func learned(_ fact: LearnedFact, for lease: Lease) async throws(JournalError) {
        try await journal.learned(fact, for: lease)
    }

    func release(_ leases: [Lease]) async throws(JournalError) {
        try await journal.release(leases)
    }

    func beat(_ owner: OwnerID) async throws(JournalError) -> [RequestID] {
        try await journal.beat(owner)
    }

    func retire(_ owner: OwnerID) async throws(JournalError) {
        try await journal.retire(owner)
    }

    func cancel(_ id: RequestID) async throws(JournalError) -> Cancellation {
        try await journal.cancel(id)
    }

    func confine(_ lease: Lease) async throws(JournalError) -> Held {
        try await journal.confine(lease)
    }

    func acquit(_ lease: Lease) async throws(JournalError) -> Held {
        try await journal.acquit(lease)
    }

    func examine(_ fingerprint: String, owner: OwnerID) async throws(JournalError) -> Examination {
        try await journal.examine(fingerprint, owner: owner)
    }

    func examined(_ fingerprint: String) async throws(JournalError) {
        try await journal.examined(fingerprint)
    }

    func sighted(_ id: RequestID) async throws(JournalError) {
        try await journal.sighted(id)
    }

    func takeStranded(for period: Duration, limit: Int) async throws(JournalError) -> [StrandedRequest] {
        try await journal.takeStranded(for: period, limit: limit)
    }

    func find(_ id: RequestID) async throws(JournalError) -> JournalEntry? {
        try await journal.find(id)
    }

    func list(after id: RequestID?, limit: Int) async throws(JournalError) -> [JournalEntry] {
        try await journal.list(after: id, limit: limit)
    }

    func obligations() async throws(JournalError) -> [RecordedObligation] {
        try await journal.obligations()
    }

    func unreadableObligations() async throws(JournalError) -> [UnreadableObligation] {
        try await journal.unreadableObligations()
    }

    func record(_ finding: ObligationFinding, of number: Int64) async throws(JournalError) -> Bool {
        try await journal.record(finding, of: number)
    }

    func tend(_ owner: OwnerID) async throws(JournalError) -> Bool {
        try await journal.tend(owner)
    }

    func identity() async throws(JournalError) -> JournalIdentity {
        try await journal.identity()
    }

    func advance(beyond other: Int64?) async throws(JournalError) -> JournalIdentity {
        try await journal.advance(beyond: other)
    }

    func prune(endedBefore moment: Timestamp) async throws(JournalError) -> Int {
        try await journal.prune(endedBefore: moment)
    }
}
