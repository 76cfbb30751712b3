import CopyDomain

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
        cancellations[lease.id] = nil
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
        let known = obligations.contains { $0.request == lease.id && $0.run == lease.run && $0.fact == fact }
        guard !known else { return }
        owe(fact.obligation(learnedAt: now), fact, by: lease)
    }

    mutating func owe(_ obligation: Obligation, _ fact: LearnedFact?, by lease: Lease) {
        owed += 1
        obligations.append(
            MemoryObligation(
                number: owed,
                request: lease.id,
                run: lease.run,
                obligation: obligation,
                fact: fact,
                nextLook: obligation.due
            )
        )
    }

    mutating func published(_ id: RequestID, run: Int) {
        guard let request = requests[id], request.run == run, request.outcome != nil else { return }
        requests[id]?.published = true
    }

    mutating func store(_ checkpoint: Checkpoint, for lease: Lease, at now: Timestamp) {
        guard let resource = requests[lease.id]?.plan.target.name else { return }
        owners[lease.owner] = now
        requests[lease.id]?.checkpoint = checkpoint
        requests[lease.id]?.format = Checkpoint.currentFormat
        for id in checkpoint.machine.targetIDs {
            targets.insert(MemoryTarget(resource: resource, id: id, request: lease.id))
        }
        for obligation in checkpoint.machine.obligations {
            let isKnown = obligations.contains { $0.owes(obligation, nil, by: lease.id, run: lease.run) }
            if !isKnown { owe(obligation, nil, by: lease) }
        }
    }
}
