package import AMQP

extension BrokerNames {
    /// After so many deliveries without an acknowledgement the broker gives a message to `dead`.
    private static let deliveryLimit: Int64 = 20
    private static let retryMilliseconds: Int64 = 10_000

    /// Everything the worker needs on the broker (design 2). Quorum queues dead-letter at least once, which needs
    /// `reject-publish` (rabbitmq.md 0.8).
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
                quorum(commands, limit: Self.deliveryLimit, deadLetterTo: parking),
                quorum(dead),
                quorum(parking),
                quorum(unroutedResults),
                AMQPRegister.declaration(journal),
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
