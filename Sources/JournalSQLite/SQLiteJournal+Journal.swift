package import CopyDomain
package import CopyJournal

extension SQLiteJournal {
    package func claim(
        _ id: RequestID,
        content: [UInt8],
        plan: CopyPlan,
        owner: OwnerID
    ) async throws(JournalError) -> Claim {
        let first = try NewRequest(id: id, content: content, plan: plan)
        return try await write { claim in
            // Nobody was told of this grant: the next claim, also of the same owner, has to be granted anew.
            guard case .granted(let grant) = claim else { return nil }
            return { try $0.release([grant.lease]) }
        } _: {
            try $0.claim(first, owner: owner)
        }
    }

    package func save(_ checkpoint: Checkpoint, for lease: Lease) async throws(JournalError) -> Held {
        let record = try CheckpointRecord(checkpoint, of: lease.id)
        return try await write { try $0.save(record, for: lease) }
    }

    package func finish(
        _ outcome: StoredOutcome,
        checkpoint: Checkpoint,
        for lease: Lease
    ) async throws(JournalError) -> Finish {
        let record = try CheckpointRecord(checkpoint, of: lease.id)
        let envelope = try OutcomeEnvelope(outcome).encoded(for: lease.id)
        return try await write { try $0.finish(outcome, envelope: envelope, record, for: lease) }
    }

    package func cancel(_ id: RequestID) async throws(JournalError) -> Cancellation {
        try await write { try $0.cancel(id) }
    }

    package func published(_ id: RequestID, run: Int) async throws(JournalError) {
        try await write { try $0.published(id, run: run) }
    }

    package func learned(_ fact: LearnedFact, for lease: Lease) async throws(JournalError) {
        let record = try JournalJSON.text(fact, of: lease.id)
        try await write { try $0.learned(fact, record: record, for: lease) }
    }

    package func reserve(_ name: String, for lease: Lease) async throws(JournalError) -> Reservation {
        try await write { try $0.reserve(name, for: lease) }
    }

    package func release(_ leases: [Lease]) async throws(JournalError) {
        guard !leases.isEmpty else { return }
        try await write { try $0.release(leases) }
    }

    package func beat(_ owner: OwnerID) async throws(JournalError) -> [RequestID] {
        try await write { try $0.beat(owner) }
    }

    package func retire(_ owner: OwnerID) async throws(JournalError) {
        try await write { try $0.retire(owner) }
    }

    package func confine(_ lease: Lease) async throws(JournalError) -> Held {
        try await write { try $0.confine(lease) }
    }

    package func acquit(_ lease: Lease) async throws(JournalError) -> Held {
        try await write { try $0.acquit(lease) }
    }
}
