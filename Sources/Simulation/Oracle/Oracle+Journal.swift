import CopyDomain
import CopyJournal
import Synchronization

extension Oracle: JournalObserver {
    func claimed(_ id: RequestID, _ claim: Claim, by owner: OwnerID) {
        switch claim {
        case .granted(let grant):
            let lease = grant.lease
            let phase = grant.isNew ? "new" : grant.checkpoint.machine.phase.rawValue
            chronicle.write(
                owner.rawValue,
                "is granted \(id.rawValue), epoch \(lease.epoch), \(phase)"
            )
            state.withLock { state in
                state.records[id, default: Record()].epoch = lease.epoch
                state.records[id]?.owner = owner
                state.records[id]?.intent = nil
            }
        case .ended(let outcome, _):
            chronicle.write(owner.rawValue, "finds \(outcome.eventID)")
        case .mine: chronicle.write(owner.rawValue, "owns \(id.rawValue) already")
        case .runningElsewhere(let other): chronicle.write(owner.rawValue, "\(id.rawValue) is \(other.rawValue)'s")
        case .otherContent, .otherFormat: chronicle.write(owner.rawValue, "claims \(id.rawValue) in vain")
        }
    }

    func saved(_ checkpoint: Checkpoint, _ answer: Held, for lease: Lease) {
        let isIntent = checkpoint.machine.isIntent
        chronicle.write(
            lease.owner.rawValue,
            "saves \(lease.id.rawValue) \(checkpoint.machine.phase.rawValue)"
                + (isIntent ? ", an intent" : "") + (answer == .fenced ? ": FENCED" : "")
        )
        let now = clock.elapsed
        state.withLock { state in
            guard answer == .held else {
                if state.records[lease.id]?.intent?.owner == lease.owner { state.records[lease.id]?.intent = nil }
                return
            }
            state.records[lease.id]?.intent =
                isIntent ? Intent(epoch: lease.epoch, owner: lease.owner, savedAt: now) : nil
        }
    }

    func finished(_ end: Finish, for lease: Lease) {
        switch end {
        case .fenced: chronicle.write(lease.owner.rawValue, "cannot finish \(lease.id.rawValue): FENCED")
        case .ended(let outcome):
            chronicle.write(lease.owner.rawValue, "finishes \(outcome.eventID)")
            let wrong = state.withLock { state -> (Checker, String)? in
                defer { state.records[lease.id]?.intent = nil }
                guard let before = state.records[lease.id]?.outcome else {
                    state.records[lease.id, default: Record()].outcome = outcome
                    return nil
                }
                guard before.eventID == outcome.eventID else {
                    return (.oneOutcome, "\(outcome.eventID) is stored over \(before.eventID)")
                }
                return before.body == outcome.body
                    ? nil : (.sameBytes, "\(outcome.eventID) is stored a second time with other bytes")
            }
            if let (checker, what) = wrong { violated(checker, what) }
        }
    }

    func intended(by request: RequestID) {
        chronicle.write("janitor", "announces a call for \(request.rawValue)")
        let now = clock.elapsed
        state.withLock { $0.records[request]?.janitorIntent = now }
    }

    func learned(_ fact: LearnedFact, for lease: Lease) {
        chronicle.write(lease.owner.rawValue, "has learned of something in \(fact.resource.rawValue)")
    }

    func released(_ leases: [Lease]) {
        state.withLock { state in
            for lease in leases {
                chronicle.write(lease.owner.rawValue, "releases \(lease.id.rawValue)")
                if state.records[lease.id]?.epoch == lease.epoch { state.records[lease.id]?.intent = nil }
            }
        }
    }
}
