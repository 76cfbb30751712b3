/// What every store of the journal has to do: one table of cases, run against each store by its own tests.
package enum JournalConformance {
    package static let cases: [ConformanceCase] =
        claims + leases + outcomes + reservations + cancelling + deaths + examinations + obligations + findings
        + stranded
        + office + reading + pruning + concurrency
}

/// One demand on a store.
package struct ConformanceCase: Sendable, CustomStringConvertible {
    package let description: String
    /// Fails by an expectation that does not hold, or by throwing.
    package let run: @Sendable (JournalBench) async throws -> Void

    init(_ description: String, run: @escaping @Sendable (JournalBench) async throws -> Void) {
        self.description = description
        self.run = run
    }
}
