package import AMQP
import Testing

/// A broker on the bench of the conformance suite. Nothing else uses it meanwhile.
package struct BrokerBench: Sendable {
    package let transport: any AMQPTransport
    package let endpoint: AMQPEndpoint
    package let clock: any Clock<Duration>
    package let administration: any BrokerAdministration
    /// Sets the names of this run apart from those of others on the same broker.
    private let prefix: String

    package init(
        transport: any AMQPTransport,
        endpoint: AMQPEndpoint,
        clock: any Clock<Duration>,
        administration: any BrokerAdministration,
        prefix: String = ""
    ) {
        self.transport = transport
        self.endpoint = endpoint
        self.clock = clock
        self.administration = administration
        self.prefix = prefix
    }

    func name(_ name: String) -> String { prefix + name }

    /// The same bench with other names.
    func apart(_ name: String) -> BrokerBench {
        BrokerBench(
            transport: transport,
            endpoint: endpoint,
            clock: clock,
            administration: administration,
            prefix: "\(prefix)\(name)."
        )
    }

    func link(_ name: String = "bench") async throws -> BenchLink {
        BenchLink(try await transport.connect(to: endpoint, name: prefix + name))
    }

    /// Declares a queue by a connection of its own.
    func queue(_ name: String, _ arguments: AMQPTable = [:]) async throws -> String {
        let queue = self.name(name)
        let connection = try await transport.connect(to: endpoint, name: prefix + "declaring")
        _ = try await connection.declare(QueueDeclaration(name: queue, arguments: arguments), passive: false)
        await connection.close()
        return queue
    }

    func quorumQueue(_ name: String, _ arguments: AMQPTable = [:]) async throws -> String {
        var arguments = arguments
        arguments["x-queue-type"] = .string("quorum")
        return try await queue(name, arguments)
    }

    /// Publishes by a connection of its own, which waits for the answers.
    @discardableResult
    func publish(_ messages: [OutgoingMessage]) async throws -> [BenchLink.Answer] {
        let link = try await link("publishing")
        try await link.connection.selectConfirms()
        let answers = try await link.publish(messages)
        await link.connection.close()
        return answers
    }

    /// The ids of all messages that wait in a queue, which is empty afterwards.
    func drain(_ queue: String) async throws -> [String] {
        let link = try await link("draining")
        try await link.consume(queue, prefetch: 100)
        try await publish([.sample("the last one", to: queue)])
        var ids: [String] = []
        while let delivery = try await link.next({ if case .delivered(let delivery) = $0 { delivery } else { nil } }) {
            try await link.connection.settle([.ack(tag: delivery.deliveryTag)])
            guard delivery.id != "the last one" else { break }
            ids.append(delivery.id)
        }
        await link.connection.close()
        return ids
    }

    func expectRefusal(
        _ code: UInt16,
        of call: (any AMQPConnection) async throws -> Void
    ) async throws {
        let link = try await link("refused")
        try await link.expectRefusal(code) { try await call(link.connection) }
    }
}

/// What is done to a broker from outside of the connections on the bench.
package protocol BrokerAdministration: Sendable {
    func delete(queue: String) async throws
    /// connection.close by the broker, for the connection of that name.
    func closeConnection(named name: String) async throws
    /// The connection of that name is gone without a word.
    func cutConnection(named name: String) async throws
    func raiseMemoryAlarm() async throws
    func clearMemoryAlarm() async throws
}
