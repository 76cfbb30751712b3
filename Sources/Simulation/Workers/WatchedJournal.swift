package import CopyDomain
package import CopyJournal

/// The journal of one worker: takes a millisecond, can be away, and dies with its worker.
package struct WatchedJournal: Journal {
    let base: MemoryJournal
    let life: Life
    let witness: Witness
    let clock: SimulatedClock
    let isAway: Shared<Bool>
    let isMute: Shared<Bool>

    /// - Parameters:
    ///   - isAway: whether it answers nothing and does nothing.
    ///   - isMute: whether it does what it is asked and does not answer.
    package init(
        base: MemoryJournal,
        life: Life,
        witness: Witness,
        clock: SimulatedClock,
        isAway: Shared<Bool> = Shared(false),
        isMute: Shared<Bool> = Shared(false)
    ) {
        self.base = base
        self.life = life
        self.witness = witness
        self.clock = clock
        self.isAway = isAway
        self.isMute = isMute
    }

    private func call<Answer>(
        _ body: () async throws(JournalError) -> Answer
    ) async throws(JournalError) -> Answer {
        guard life.goesOn() else { throw JournalError(.unavailable, "the worker is dead") }
        try? await clock.sleep(for: .milliseconds(1))
        if isAway.withLock({ $0 }) { throw JournalError(.unavailable, "the journal is away") }
        guard !life.isOver else { throw JournalError(.unavailable, "the worker is dead") }
        let answer = try await body()
        if isMute.withLock({ $0 }) { throw JournalError(.unavailable, "the journal does not answer") }
        guard life.goesOn() else { throw JournalError(.unavailable, "the worker is dead") }
        return answer
    }

    package func claim(
        _ id: RequestID,
        content: [UInt8],
        plan: CopyPlan,
        owner: OwnerID
    ) async throws(JournalError) -> Claim {
        try await call { () throws(JournalError) in
            try await base.claim(id, content: content, plan: plan, owner: owner)
        }
    }

    package func save(_ checkpoint: Checkpoint, for lease: Lease) async throws(JournalError) -> Held {
        try await call { () throws(JournalError) in
            let held = try await base.save(checkpoint, for: lease)
            witness.saved(checkpoint, held, for: lease)
            return held
        }
    }

    package func finish(
        _ outcome: StoredOutcome,
        checkpoint: Checkpoint,
        for lease: Lease
    ) async throws(JournalError) -> Finish {
        try await call { () throws(JournalError) in
            let end = try await base.finish(outcome, checkpoint: checkpoint, for: lease)
            witness.note("finish")
            return end
        }
    }

    package func published(_ id: RequestID, run: Int) async throws(JournalError) {
        try await call { () throws(JournalError) in try await base.published(id, run: run) }
    }

    package func learned(_ fact: LearnedFact, for lease: Lease) async throws(JournalError) {
        try await call { () throws(JournalError) in
            try await base.learned(fact, for: lease)
            witness.note("learned")
        }
    }

    package func reserve(_ name: String, for lease: Lease) async throws(JournalError) -> Reservation {
        try await call { () throws(JournalError) in try await base.reserve(name, for: lease) }
    }

    package func release(_ leases: [Lease]) async throws(JournalError) {
        try await call { () throws(JournalError) in try await base.release(leases) }
    }

    /// Not counted as a moment: it comes whatever the worker does.
    package func beat(_ owner: OwnerID) async throws(JournalError) -> [RequestID] {
        if life.isOver || isAway.withLock({ $0 }) { throw JournalError(.unavailable, "away") }
        return try await base.beat(owner)
    }

    package func retire(_ owner: OwnerID) async throws(JournalError) {
        try await call { () throws(JournalError) in try await base.retire(owner) }
    }

    package func cancel(_ id: RequestID) async throws(JournalError) -> Cancellation {
        try await call { () throws(JournalError) in try await base.cancel(id) }
    }

    package func confine(_ lease: Lease) async throws(JournalError) -> Held {
        try await call { () throws(JournalError) in try await base.confine(lease) }
    }

    package func acquit(_ lease: Lease) async throws(JournalError) -> Held {
        try await call { () throws(JournalError) in try await base.acquit(lease) }
    }

    package func examine(_ fingerprint: String, owner: OwnerID) async throws(JournalError) -> Examination {
        try await call { () throws(JournalError) in try await base.examine(fingerprint, owner: owner) }
    }

    package func examined(_ fingerprint: String) async throws(JournalError) {
        try await call { () throws(JournalError) in try await base.examined(fingerprint) }
    }

    package func record(_ finding: ObligationFinding, of number: Int64) async throws(JournalError) {
        try await call { () throws(JournalError) in
            // What the janitor notes as open may be its intent to delete.
            if case .open = finding, let debt = try await base.obligations().first(where: { $0.number == number }) {
                witness.intended(by: debt.request)
            }
            try await base.record(finding, of: number)
        }
    }

    package func tend(_ owner: OwnerID) async throws(JournalError) -> Bool {
        try await call { () throws(JournalError) in try await base.tend(owner) }
    }

    package func identity() async throws(JournalError) -> JournalIdentity {
        try await call { () throws(JournalError) in try await base.identity() }
    }

    package func advance(beyond other: Int64?) async throws(JournalError) -> JournalIdentity {
        try await call { () throws(JournalError) in try await base.advance(beyond: other) }
    }

    package func find(_ id: RequestID) async throws(JournalError) -> JournalEntry? {
        try await call { () throws(JournalError) in try await base.find(id) }
    }

    package func list(after id: RequestID?, limit: Int) async throws(JournalError) -> [JournalEntry] {
        try await base.list(after: id, limit: limit)
    }

    package func obligations() async throws(JournalError) -> [RecordedObligation] { try await base.obligations() }

    package func prune(endedBefore moment: Timestamp) async throws(JournalError) -> Int {
        try await base.prune(endedBefore: moment)
    }
}
