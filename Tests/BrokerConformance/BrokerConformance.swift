/// What every broker behind the port has to do, as RabbitMQ 3.10.8 does it: one table of cases, run against the real one
/// and against the simulated one, so that the simulator proves no fiction.
package enum BrokerConformance {
    package static let cases: [BrokerCase] =
        declarations + routing + publishing + consuming + settling + redelivery + deadLetters + registers + connections
}

/// One demand on a broker.
package struct BrokerCase: Sendable, CustomStringConvertible {
    package let description: String
    /// Fails by an expectation that does not hold, or by throwing. Waits for its events without a limit of its own.
    package let run: @Sendable (BrokerBench) async throws -> Void

    init(_ description: String, run: @escaping @Sendable (BrokerBench) async throws -> Void) {
        self.description = description
        self.run = run
    }
}
