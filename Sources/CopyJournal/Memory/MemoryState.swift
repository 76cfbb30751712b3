import CopyDomain

/// All that a ``MemoryJournal`` knows.
struct MemoryState: Sendable {
    let staleAfter: Duration
    /// On which owners live.
    let uptime: @Sendable () -> Duration
    var requests: [RequestID: MemoryRequest] = [:]
    var owners: [OwnerID: MemoryOwner] = [:]
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

    init(id: String, staleAfter: Duration, uptime: @escaping @Sendable () -> Duration) {
        identity = JournalIdentity(id: id, generation: 0)
        self.staleAfter = staleAfter
        self.uptime = uptime
    }

    var life: SignOfLife { SignOfLife(boot: "memory", uptime: uptime()) }

    func lives(_ owner: OwnerID) -> Bool {
        owners[owner]?.seen.isFresh(at: life, limit: staleAfter) ?? false
    }

    mutating func touch(_ owner: OwnerID, at now: Timestamp) {
        owners[owner] = MemoryOwner(seen: life, at: now)
    }
}
