import CopyDomain

/// All that a ``MemoryJournal`` knows.
struct MemoryState: Sendable {
    let staleAfter: Duration
    var requests: [RequestID: MemoryRequest] = [:]
    var owners: [OwnerID: Timestamp] = [:]
    var reservations: [String: RequestID] = [:]
    var obligations: [MemoryObligation] = []
    var targets: Set<MemoryTarget> = []
    var accepted = 0
    var owed: Int64 = 0
    /// Numbers of obligations whose records cannot be read any more.
    var damaged: Set<Int64> = []
    /// When each was asked for.
    var cancellations: [RequestID: Timestamp] = [:]
    var examinations: [String: MemoryExamination] = [:]
    var janitor: OwnerID?
    var identity: JournalIdentity

    init(id: String, staleAfter: Duration) {
        identity = JournalIdentity(id: id, generation: 0)
        self.staleAfter = staleAfter
    }

    func lives(_ owner: OwnerID, at now: Timestamp) -> Bool {
        owners[owner].map { Tenure.isFresh($0, at: now, limit: staleAfter) } ?? false
    }
}
