import AMQP
import Logging
import Simulation
import Testing

/// A fake broker with a small topology, and clients on it, in virtual time.
struct Scene: Sendable {
    let clock: SimulatedClock
    let broker: SimulatedBroker
    let dice: SeededDice
    let log = LogBook()

    init(clock: SimulatedClock, seed: UInt64 = 0) {
        self.clock = clock
        broker = SimulatedBroker(clock: clock)
        dice = SeededDice(seed: seed)
    }

    static let jobs = QueueDeclaration(name: "jobs", arguments: ["x-queue-type": .string("quorum")])
    static let other = QueueDeclaration(name: "other", arguments: ["x-queue-type": .string("quorum")])
    static let results = ExchangeDeclaration(name: "results", type: "topic")
    static let topology = Topology(
        mode: .declare,
        exchanges: [results],
        queues: [jobs, other],
        bindings: [Binding(queue: "jobs", exchange: "results", routingKey: "job.#")]
    )

    static func endpoint(_ host: String = "node-1", connectTimeout: Duration = .seconds(10)) -> AMQPEndpoint {
        var settings = ConnectionSettings()
        settings.connectTimeout = connectTimeout
        return AMQPEndpoint(
            host: host,
            port: 5672,
            virtualHost: "/",
            user: "guest",
            password: { "secret" },
            tls: nil,
            settings: settings
        )
    }

    func consumer(
        topology: Topology = Scene.topology,
        queues: [ConsumedQueue] = [ConsumedQueue(.named("jobs"), prefetch: 10)],
        endpoints: [AMQPEndpoint] = [Scene.endpoint()]
    ) -> AMQPConsumer {
        AMQPConsumer(
            AMQPConsumerSettings(
                endpoints: endpoints,
                connectionName: "consumer",
                topology: topology,
                queues: queues
            ),
            transport: broker,
            clock: clock,
            random: dice.roll,
            logger: log.logger
        )
    }

    func publisher(
        topology: Topology = Scene.topology,
        endpoints: [AMQPEndpoint] = [Scene.endpoint()],
        _ change: (inout AMQPPublisherSettings) -> Void = { _ in }
    ) -> AMQPPublisher {
        var settings = AMQPPublisherSettings(endpoints: endpoints, connectionName: "publisher", topology: topology)
        change(&settings)
        return AMQPPublisher(settings, transport: broker, clock: clock, random: dice.roll, logger: log.logger)
    }

    /// Runs the body beside the consumer, then shuts it down.
    func running<Value: Sendable>(
        _ consumer: AMQPConsumer,
        _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await consumer.run() }
            let value = try await body()
            await consumer.shutDown()
            try await group.waitForAll()
            return value
        }
    }

    /// Runs the body beside the publisher, then shuts it down.
    func running<Value: Sendable>(
        _ publisher: AMQPPublisher,
        _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await publisher.run() }
            let value = try await body()
            await publisher.shutDown()
            try await group.waitForAll()
            return value
        }
    }
}

extension OutgoingMessage {
    static func job(
        _ id: String,
        exchange: String = "results",
        routingKey: String = "job.new",
        mandatory: Bool = true,
        bytes: Int = 10
    ) -> OutgoingMessage {
        var message = AMQPMessage(body: Array(repeating: 0x61, count: bytes))
        message.messageID = id
        message.deliveryMode = 2
        return OutgoingMessage(exchange: exchange, routingKey: routingKey, mandatory: mandatory, message: message)
    }
}

extension AMQPConsumer {
    /// Reads events until one that matters, which it returns.
    func next<Value>(_ matters: (ConsumerEvent) -> Value?) async -> Value? {
        for await event in events {
            if let value = matters(event) { return value }
        }
        return nil
    }

    func nextDelivery() async throws -> Delivery {
        try #require(
            await next { event in
                if case .delivered(let delivery) = event { delivery } else { nil }
            }
        )
    }

    func nextActive() async throws -> (epoch: UInt64, queues: [String]) {
        try #require(
            await next { event in
                if case .active(let epoch, let queues) = event { (epoch, queues) } else { nil }
            }
        )
    }

    func nextLost() async throws -> (epoch: UInt64, error: AMQPError) {
        try #require(
            await next { event in
                if case .lost(let epoch, let error) = event { (epoch, error) } else { nil }
            }
        )
    }
}

extension AMQPPublisher {
    func outcome(of message: OutgoingMessage) async -> Result<Publication, AMQPError> {
        do throws(AMQPError) {
            return .success(try await publish(message))
        } catch {
            return .failure(error)
        }
    }

    func expectConfirmed(_ message: OutgoingMessage, sourceLocation: SourceLocation = #_sourceLocation) async {
        let outcome = await outcome(of: message)
        #expect(outcome == .success(.confirmed), sourceLocation: sourceLocation)
    }
}

extension Result {
    var error: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
