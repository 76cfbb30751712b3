package import CopyDomain
package import CopyJournal

/// The journal of one worker: what it is asked goes over a line, and somebody watches what is written.
package struct WatchedJournal: Journal {
    let base: MemoryJournal
    let line: any JournalLine
    let observer: any JournalObserver
    private let sabotage: Sabotage?

    package init(
        base: MemoryJournal,
        line: any JournalLine,
        observer: any JournalObserver,
        sabotage: Sabotage? = nil
    ) {
        self.base = base
        self.line = line
        self.observer = observer
        self.sabotage = sabotage
    }

    /// A journal that takes a millisecond, can be away, and dies with its worker.
    ///
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
        self.init(
            base: base,
            line: DirectJournalLine(life: life, clock: clock, isAway: isAway, isMute: isMute),
            observer: witness
        )
    }

    private func call<Answer: Sendable>(
        _ body: @escaping @Sendable () throws(JournalError) -> Answer
    ) async throws(JournalError) -> Answer {
        try await line.carry(body)
    }

    package func claim(
        _ id: RequestID,
        content: [UInt8],
        plan: CopyPlan,
        owner: OwnerID
    ) async throws(JournalError) -> Claim {
        try await call { () throws(JournalError) in
            let claim = try base.claim(id, content: content, plan: plan, owner: owner)
            observer.claimed(id, claim, by: owner)
            if sabotage == .storedBytes, case .ended(let outcome, let isPublished) = claim {
                return .ended(outcome.spoilt, published: isPublished)
            }
            return claim
        }
    }

    package func save(_ checkpoint: Checkpoint, for lease: Lease) async throws(JournalError) -> Held {
        try await line.carry(writing: checkpoint.machine.phase) { () throws(JournalError) in
            if sabotage == .intentSave, checkpoint.machine.isIntent { return .held }
            let held = try base.save(checkpoint, for: lease)
            observer.saved(checkpoint, held, for: lease)
            return sabotage == .epochCheck ? .held : held
        }
    }

    package func finish(
        _ outcome: StoredOutcome,
        checkpoint: Checkpoint,
        for lease: Lease
    ) async throws(JournalError) -> Finish {
        try await line.carry(writing: .ended) { () throws(JournalError) in
            let end = try base.finish(outcome, checkpoint: checkpoint, for: lease)
            observer.finished(end, for: lease)
            return sabotage == .epochCheck ? .ended(outcome) : end
        }
    }

    package func published(_ id: RequestID, run: Int) async throws(JournalError) {
        try await call { () throws(JournalError) in try base.published(id, run: run) }
    }

    package func learned(_ fact: LearnedFact, for lease: Lease) async throws(JournalError) {
        try await call { () throws(JournalError) in
            try base.learned(fact, for: lease)
            observer.learned(fact, for: lease)
        }
    }

    package func reserve(_ name: String, for lease: Lease) async throws(JournalError) -> Reservation {
        try await call { () throws(JournalError) in
            try base.reserve(name, for: lease)
        }
    }

    package func release(_ leases: [Lease]) async throws(JournalError) {
        try await call { () throws(JournalError) in
            try base.release(leases)
            observer.released(leases)
        }
    }

    /// Not counted as a moment: it comes whatever the worker does.
    package func beat(_ owner: OwnerID) async throws(JournalError) -> [RequestID] {
        try await line.carryBeat { () throws(JournalError) in try base.beat(owner) }
    }

    package func retire(_ owner: OwnerID) async throws(JournalError) {
        try await call { () throws(JournalError) in try base.retire(owner) }
    }

    package func cancel(_ id: RequestID) async throws(JournalError) -> Cancellation {
        try await call { () throws(JournalError) in try base.cancel(id) }
    }

    package func confine(_ lease: Lease) async throws(JournalError) -> Held {
        try await call { () throws(JournalError) in try base.confine(lease) }
    }

    package func acquit(_ lease: Lease) async throws(JournalError) -> Held {
        try await call { () throws(JournalError) in try base.acquit(lease) }
    }

    package func examine(_ fingerprint: String, owner: OwnerID) async throws(JournalError) -> Examination {
        try await call { () throws(JournalError) in try base.examine(fingerprint, owner: owner) }
    }

    package func examined(_ fingerprint: String) async throws(JournalError) {
        try await call { () throws(JournalError) in try base.examined(fingerprint) }
    }

    package func record(_ finding: ObligationFinding, of number: Int64) async throws(JournalError) -> Bool {
        try await call { () throws(JournalError) in
            // What the janitor notes as open may be its intent to delete.
            if case .open = finding, let owed = try base.obligations().first(where: { $0.number == number }) {
                observer.intended(by: owed.request)
            }
            return try base.record(finding, of: number)
        }
    }

    package func tend(_ owner: OwnerID) async throws(JournalError) -> Bool {
        try await call { () throws(JournalError) in try base.tend(owner) }
    }

    package func identity() async throws(JournalError) -> JournalIdentity {
        try await call { () throws(JournalError) in try base.identity() }
    }

    package func advance(beyond other: Int64?) async throws(JournalError) -> JournalIdentity {
        try await call { () throws(JournalError) in try base.advance(beyond: other) }
    }

    package func sighted(_ id: RequestID) async throws(JournalError) {
        try await call { () throws(JournalError) in try base.sighted(id) }
    }

    package func takeStranded(for period: Duration, limit: Int) async throws(JournalError) -> [StrandedRequest] {
        try await call { () throws(JournalError) in try base.takeStranded(for: period, limit: limit) }
    }

    package func find(_ id: RequestID) async throws(JournalError) -> JournalEntry? {
        try await call { () throws(JournalError) in try base.find(id) }
    }

    package func list(after id: RequestID?, limit: Int) async throws(JournalError) -> [JournalEntry] {
        try await call { () throws(JournalError) in try base.list(after: id, limit: limit) }
    }

    package func obligations() async throws(JournalError) -> [RecordedObligation] {
        try await call { () throws(JournalError) in try base.obligations() }
    }

    package func unreadableObligations() async throws(JournalError) -> [UnreadableObligation] {
        try await call { () throws(JournalError) in try base.unreadableObligations() }
    }

    package func prune(endedBefore moment: Timestamp) async throws(JournalError) -> Int {
        try await call { () throws(JournalError) in try base.prune(endedBefore: moment) }
    }
}

extension CopyMachine {
    /// Whether what is saved says that a call is about to be sent.
    var isIntent: Bool {
        var unsent = self
        unsent.withdrawIntent()
        return unsent != self
    }
}

extension StoredOutcome {
    fileprivate var spoilt: StoredOutcome {
        StoredOutcome(
            eventID: eventID,
            routingKey: routingKey,
            event: event,
            body: body + [UInt8(ascii: " ")],
            headers: headers,
            correlationID: correlationID,
            replyTo: replyTo,
            time: time
        )
    }
}
