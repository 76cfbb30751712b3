package import AMQP

extension BrokerNames {
    /// After so many deliveries without an acknowledgement the broker gives a message to `dead`.
    static let deliveryLimit: Int64 = 20
    /// The dead are only sorted; one that kills whoever sorts it ends in the parking queue.
    private static let deadLimit: Int64 = 10
    /// Never: people look at what is parked. The broker's own limit may be 20, and -1 is 0 for some versions.
    private static let unlimited: Int64 = 2_147_483_647
    private static let retryMilliseconds: Int64 = 10_000
    private static let longRetryMilliseconds: Int64 = 300_000

    /// Everything that connections consume from and publish to. Quorum queues dead-letter at least once, which needs
    /// `reject-publish` (rabbitmq.md 0.8).
    ///
    /// Not the register `journal`: a classic queue lives on one node of a cluster, and while that is down nobody can
    /// declare it; whoever visits it sees to it (``AMQPRegister``).
    package func topology(_ mode: Topology.Mode) -> Topology {
        Topology(
            mode: mode,
            exchanges: [
                ExchangeDeclaration(name: unroutedResults, type: "fanout"),
                ExchangeDeclaration(
                    name: results,
                    type: "topic",
                    arguments: ["alternate-exchange": .string(unroutedResults)]
                ),
                ExchangeDeclaration(name: progress, type: "topic"),
            ],
            queues: [
                quorum(requests, limit: Self.deliveryLimit, deadLetterTo: dead),
                quorum(resume, limit: Self.deliveryLimit, deadLetterTo: dead),
                quorum(retry, timeToLive: Self.retryMilliseconds, deadLetterTo: resume),
                quorum(longRetry, timeToLive: Self.longRetryMilliseconds, deadLetterTo: resume),
                quorum(commands, limit: Self.deliveryLimit, deadLetterTo: parking),
                quorum(dead, limit: Self.deadLimit, deadLetterTo: parking),
                quorum(parking, limit: Self.unlimited),
                quorum(unroutedResults),
            ],
            bindings: [Binding(queue: unroutedResults, exchange: unroutedResults, routingKey: "")]
        )
    }

    private func quorum(
        _ name: String,
        limit: Int64? = nil,
        timeToLive: Int64? = nil,
        deadLetterTo destination: String? = nil
    ) -> QueueDeclaration {
        var arguments: AMQPTable = ["x-queue-type": .string("quorum")]
        if let limit { arguments["x-delivery-limit"] = .integer(limit) }
        if let timeToLive { arguments["x-message-ttl"] = .integer(timeToLive) }
        if let destination {
            arguments["x-dead-letter-exchange"] = .string("")
            arguments["x-dead-letter-routing-key"] = .string(destination)
            arguments["x-dead-letter-strategy"] = .string("at-least-once")
            arguments["x-overflow"] = .string("reject-publish")
        }
        return QueueDeclaration(name: name, arguments: arguments)
    }
}
