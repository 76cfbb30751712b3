import CopyDomain

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
            let request = MemoryRequest(number: accepted, content: content, plan: plan, owner: owner, at: now)
            requests[id] = request
            touch(owner, at: now)
            return .granted(grant(of: request, id, to: owner))
        }
        let tenure = Tenure(
            hasSameContent: request.content == content,
            hasEnded: request.outcome != nil,
            format: request.format,
            owner: request.owner,
            ownerSeen: request.owner.flatMap { owners[$0]?.seen }
        )
        switch tenure.ruling(for: owner, at: life, staleAfter: staleAfter) {
        case .grant(let ownerDied):
            if ownerDied { request.deaths = request.deaths.oneMore(alone: request.isConfined) }
            request.isConfined = false
            request.owner = owner
            request.epoch += 1
            request.sightedAt = now
            request.searches = 0
            requests[id] = request
            touch(owner, at: now)
            return .granted(grant(of: request, id, to: owner))
        case .mine:
            touch(owner, at: now)
            return .mine(request.lease(id, owner))
        case .runningElsewhere(let other): return .runningElsewhere(other)
        case .ended:
            guard let outcome = request.outcome else { preconditionFailure("a run ended without an outcome") }
            return .ended(outcome, published: request.published)
        case .otherContent: return .otherContent
        case .otherFormat(let format):
            requests[id]?.sightedAt = now
            return .otherFormat(format)
        }
    }

    func grant(of request: MemoryRequest, _ id: RequestID, to owner: OwnerID) -> Grant {
        Grant(
            lease: request.lease(id, owner),
            checkpoint: request.checkpoint,
            isNew: request.checkpoint.isUntouched(request.plan),
            isCancelRequested: cancellations[id] != nil,
            deaths: request.deaths
        )
    }

    mutating func release(_ leases: [Lease], at now: Timestamp) {
        for lease in leases where isValid(lease) {
            requests[lease.id]?.owner = nil
            requests[lease.id]?.sightedAt = now
        }
    }

    mutating func beat(_ owner: OwnerID, at now: Timestamp) -> [RequestID] {
        touch(owner, at: now)
        return cancellations.keys.compactMap { id in requests[id].map { (id, $0) } }
            .filter { $0.1.owner == owner }
            .sorted { $0.1.number < $1.1.number }
            .map(\.0)
    }

    mutating func cancel(_ id: RequestID, at now: Timestamp) -> Cancellation {
        if let request = requests[id], let outcome = request.outcome {
            return .ended(outcome, published: request.published)
        }
        if cancellations[id] == nil { cancellations[id] = now }
        return .noted
    }

    mutating func confine(_ lease: Lease, at now: Timestamp) -> Held {
        guard isValid(lease) else { return .fenced }
        touch(lease.owner, at: now)
        requests[lease.id]?.isConfined = true
        return .held
    }

    mutating func acquit(_ lease: Lease, at now: Timestamp) -> Held {
        guard isValid(lease) else { return .fenced }
        touch(lease.owner, at: now)
        requests[lease.id]?.isConfined = false
        requests[lease.id]?.deaths.recent = 0
        requests[lease.id]?.deaths.alone = 0
        return .held
    }

    mutating func examine(_ fingerprint: String, owner: OwnerID, at now: Timestamp) -> Examination {
        if let other = examinations[fingerprint]?.owner, other != owner {
            return lives(other) ? .elsewhere(other) : .fatal(other)
        }
        touch(owner, at: now)
        examinations[fingerprint] = MemoryExamination(owner: owner, begun: now)
        return .open
    }

    mutating func examined(_ fingerprint: String) {
        examinations[fingerprint] = nil
    }

    mutating func retire(_ owner: OwnerID, at now: Timestamp) {
        owners[owner] = nil
        examinations = examinations.filter { $0.value.owner != owner }
        for (id, request) in requests where request.owner == owner {
            requests[id]?.owner = nil
            requests[id]?.sightedAt = now
        }
    }

    func isValid(_ lease: Lease) -> Bool {
        guard let request = requests[lease.id] else { return false }
        return request.run == lease.run && request.epoch == lease.epoch && request.owner == lease.owner
    }
}
