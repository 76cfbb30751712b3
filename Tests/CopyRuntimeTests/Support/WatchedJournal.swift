import AMQPDoubles
import CopyDomain
import CopyJournal

/// The journal of one worker: takes a millisecond, can be away, and dies with its worker.
struct WatchedJournal: Journal {
    let base: MemoryJournal
    let life: Life
    let witness: Witness
    let clock: TestClock
    let isAway: Shared<Bool>
    let isMute: Shared<Bool>

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

    func claim(
        _ id: RequestID,
        content: [UInt8],
        plan: CopyPlan,
        owner: OwnerID
    ) async throws(JournalError) -> Claim {
        try await call { () throws(JournalError) in
            try await base.claim(id, content: content, plan: plan, owner: owner)
        }
    }

    func save(_ checkpoint: Checkpoint, for lease: Lease) async throws(JournalError) -> Held {
        try await call { () throws(JournalError) in
            let held = try await base.save(checkpoint, for: lease)
            witness.saved(checkpoint, held, for: lease)
            return held
        }
    }

    func finish(
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

    func published(_ id: RequestID, run: Int) async throws(JournalError) {
        try await call { () throws(JournalError) in try await base.published(id, run: run) }
    }

    func learned(_ fact: LearnedFact, for lease: Lease) async throws(JournalError) {
        try await call { () throws(JournalError) in
            try await base.learned(fact, for: lease)
            witness.note("learned")
        }
    }

    func reserve(_ name: String, for lease: Lease) async throws(JournalError) -> Reservation {
        try await call { () throws(JournalError) in try await base.reserve(name, for: lease) }
    }

    func release(_ leases: [Lease]) async throws(JournalError) {
        try await call { () throws(JournalError) in try await base.release(leases) }
    }

    /// Not counted as a moment: it comes whatever the worker does.
    func beat(_ owner: OwnerID) async throws(JournalError) {
        if life.isOver || isAway.withLock({ $0 }) { throw JournalError(.unavailable, "away") }
        try await base.beat(owner)
    }

    func retire(_ owner: OwnerID) async throws(JournalError) {
        try await call { () throws(JournalError) in try await base.retire(owner) }
    }

    func find(_ id: RequestID) async throws(JournalError) -> JournalEntry? {
        try await call { () throws(JournalError) in try await base.find(id) }
    }

    func list(after id: RequestID?, limit: Int) async throws(JournalError) -> [JournalEntry] {
        try await base.list(after: id, limit: limit)
    }

    func obligations() async throws(JournalError) -> [RecordedObligation] { try await base.obligations() }

    func prune(endedBefore moment: Timestamp) async throws(JournalError) -> Int {
        try await base.prune(endedBefore: moment)
    }
}
