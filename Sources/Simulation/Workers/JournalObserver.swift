package import CopyDomain
package import CopyJournal

/// Sees what a journal has done, at the moment when it has.
package protocol JournalObserver: Sendable {
    func claimed(_ id: RequestID, _ claim: Claim, by owner: OwnerID)
    func saved(_ checkpoint: Checkpoint, _ answer: Held, for lease: Lease)
    func finished(_ end: Finish, for lease: Lease)
    func learned(_ fact: LearnedFact, for lease: Lease)
    func released(_ leases: [Lease])
    /// A call of the request's was announced in the journal by somebody else than its run.
    func intended(by request: RequestID)
}

extension JournalObserver {
    package func claimed(_ id: RequestID, _ claim: Claim, by owner: OwnerID) {}
    package func released(_ leases: [Lease]) {}
}
