import CopyDomain

/// All that a ``MemoryJournal`` knows.
struct MemoryState: Sendable {
    let staleAfter: Duration
    var requests: [RequestID: MemoryRequest] = [:]
    var owners: [OwnerID: Timestamp] = [:]
    private var reservations: [String: RequestID] = [:]
    private var debts: [MemoryDebt] = []
    private var targets: Set<MemoryTarget> = []
    private var accepted = 0

    init(staleAfter: Duration) {
        self.staleAfter = staleAfter
    }
}

// MARK: - Claims

extension MemoryState {
    mutating func claim(
        _ id: RequestID,
        content: [UInt8],
        plan: CopyPlan,
        owner: OwnerID,
        at now: Timestamp
    ) -> Claim {
        guard var request = requests[id] else {
            accepted += 1
            let request = MemoryRequest(number: accepted, content: content, plan: plan, owner: owner)
            requests[id] = request
            owners[owner] = now
            return .granted(request.lease(id, owner), request.checkpoint, isNew: true)
        }
        let tenure = Tenure(
            hasSameContent: request.content == content,
            hasEnded: request.outcome != nil,
            format: request.format,
            owner: request.owner,
            ownerSeen: request.owner.flatMap { owners[$0] }
        )
        switch tenure.ruling(for: owner, at: now, staleAfter: staleAfter) {
        case .grant:
            request.owner = owner
            request.epoch += 1
            requests[id] = request
            owners[owner] = now
            let isNew = request.checkpoint.isUntouched(request.plan)
            return .granted(request.lease(id, owner), request.checkpoint, isNew: isNew)
        case .mine:
            owners[owner] = now
            return .mine(request.lease(id, owner))
        case .runningElsewhere(let other): return .runningElsewhere(other)
        case .ended:
            guard let outcome = request.outcome else { preconditionFailure("a run ended without an outcome") }
            return .ended(outcome, published: request.published)
        case .otherContent: return .otherContent
        case .otherFormat(let format): return .otherFormat(format)
        }
    }

    mutating func release(_ leases: [Lease]) {
        for lease in leases where isValid(lease) {
            requests[lease.id]?.owner = nil
        }
    }

    mutating func retire(_ owner: OwnerID) {
        owners[owner] = nil
        for (id, request) in requests where request.owner == owner {
            requests[id]?.owner = nil
        }
    }

    private func isValid(_ lease: Lease) -> Bool {
        guard let request = requests[lease.id] else { return false }
        return request.run == lease.run && request.epoch == lease.epoch && request.owner == lease.owner
    }
}

// MARK: - Writes under a lease

extension MemoryState {
    mutating func save(_ checkpoint: Checkpoint, for lease: Lease, at now: Timestamp) -> Held {
        guard isValid(lease) else { return .fenced }
        store(checkpoint, for: lease, at: now)
        return .held
    }

    mutating func finish(
        _ outcome: StoredOutcome,
        checkpoint: Checkpoint,
        for lease: Lease,
        at now: Timestamp
    ) -> Finish {
        if let request = requests[lease.id], let outcome = request.outcome {
            return request.run == lease.run && request.epoch == lease.epoch ? .ended(outcome) : .fenced
        }
        guard isValid(lease) else { return .fenced }
        store(checkpoint, for: lease, at: now)
        requests[lease.id]?.outcome = outcome
        requests[lease.id]?.endedAt = now
        requests[lease.id]?.owner = nil
        reservations = reservations.filter { $0.value != lease.id }
        return .ended(outcome)
    }

    mutating func reserve(_ name: String, for lease: Lease, at now: Timestamp) -> Reservation {
        guard isValid(lease) else { return .fenced }
        owners[lease.owner] = now
        if let holder = reservations[name], holder != lease.id { return .taken(by: holder) }
        reservations[name] = lease.id
        return .granted
    }

    mutating func learned(_ fact: LearnedFact, for lease: Lease, at now: Timestamp) {
        let known = debts.contains { $0.request == lease.id && $0.run == lease.run && $0.fact == fact }
        guard !known else { return }
        debts.append(
            MemoryDebt(
                request: lease.id,
                run: lease.run,
                obligation: fact.obligation(learnedAt: now),
                fact: fact
            )
        )
    }

    mutating func published(_ id: RequestID, run: Int) {
        guard let request = requests[id], request.run == run, request.outcome != nil else { return }
        requests[id]?.published = true
    }

    private mutating func store(_ checkpoint: Checkpoint, for lease: Lease, at now: Timestamp) {
        guard let resource = requests[lease.id]?.plan.target.name else { return }
        owners[lease.owner] = now
        requests[lease.id]?.checkpoint = checkpoint
        requests[lease.id]?.format = Checkpoint.currentFormat
        for id in checkpoint.machine.targetIDs {
            targets.insert(MemoryTarget(resource: resource, id: id, request: lease.id))
        }
        for obligation in checkpoint.machine.obligations {
            let debt = MemoryDebt(request: lease.id, run: lease.run, obligation: obligation, fact: nil)
            if !debts.contains(debt) { debts.append(debt) }
        }
    }
}

// MARK: - Reading and forgetting

extension MemoryState {
    func list(after id: RequestID?, limit: Int) -> [JournalEntry] {
        var start = 0
        if let id {
            guard let number = requests[id]?.number else { return [] }
            start = number
        }
        return requests.filter { $0.value.number > start }
            .sorted { $0.value.number < $1.value.number }
            .prefix(max(0, limit))
            .map { $0.value.entry($0.key) }
    }

    var openObligations: [RecordedObligation] {
        let named = targets.map { MemoryItem(resource: $0.resource, id: $0.id) }
        let learned = debts.compactMap { debt in
            debt.fact?.subject.itemID.map { MemoryItem(resource: debt.obligation.resource, id: $0) }
        }
        let owned = Set(named + learned)
        return openDebts.map { debt in
            let obligation = debt.obligation.leavingOut {
                owned.contains(MemoryItem(resource: debt.obligation.resource, id: $0))
            }
            return RecordedObligation(request: debt.request, run: debt.run, obligation: obligation)
        }
    }

    mutating func prune(endedBefore moment: Timestamp) -> Int {
        let indebted = Set(openDebts.map(\.request))
        let old = requests.filter { id, request in
            guard request.published, let endedAt = request.endedAt else { return false }
            return endedAt < moment && !indebted.contains(id)
        }
        for id in old.keys {
            requests[id] = nil
        }
        debts.removeAll { old[$0.request] != nil }
        // An obligation of another run may name these ids among its suspects: they outlive their request until then.
        let disputed = Set(debts.map(\.obligation.resource))
        targets = targets.filter { requests[$0.request] != nil || disputed.contains($0.resource) }
        let holding = Set(requests.values.compactMap(\.owner))
        owners = owners.filter { $0.value >= moment || holding.contains($0.key) }
        return old.count
    }

    private var openDebts: [MemoryDebt] {
        let named = Set(targets.map { MemoryItem(resource: $0.resource, id: $0.id) })
        return debts.filter { debt in
            guard let fact = debt.fact else { return true }
            if let request = requests[debt.request], request.run == debt.run, request.outcome == nil { return false }
            guard let id = fact.subject.itemID else { return true }
            return !named.contains(MemoryItem(resource: fact.resource, id: id))
        }
    }
}
