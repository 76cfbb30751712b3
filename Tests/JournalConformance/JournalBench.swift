package import CopyDomain
package import CopyJournal

/// A fresh store on the bench of the conformance suite.
package struct JournalBench: Sendable {
    package let journal: any Journal
    /// The same store as another process sees it; the journal itself, if the store has no such difference.
    package let neighbour: any Journal
    /// Moves the store's own clock.
    package let clock: SteppedClock
    /// Makes the stored checkpoint look as if it had been written in another format.
    package let restamp: @Sendable (RequestID, _ format: Int) async throws -> Void

    package init(
        journal: any Journal,
        neighbour: any Journal,
        clock: SteppedClock,
        restamp: @escaping @Sendable (RequestID, _ format: Int) async throws -> Void
    ) {
        self.journal = journal
        self.neighbour = neighbour
        self.clock = clock
        self.restamp = restamp
    }
}
