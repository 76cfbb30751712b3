import AMQP
import CopyRuntime
import Foundation
import Logging
import RabbitMQTransport
import Synchronization

/// Upstream and downstream in one: publishes requests, and remembers every event of the world's exchanges.
final class Client: Sendable {
    struct Event: Sendable {
        let id: String
        /// `succeeded`, `progress` …
        let name: String
        let request: String?
        let body: [UInt8]
        let headers: [String: String]
        let json: JSON

        var isOutcome: Bool { ["succeeded", "failed", "cancelled", "checked"].contains(name) }
    }

    private static let collector = "test.collector"

    private let publisher: AMQPPublisher
    private let consumer: AMQPConsumer
    private let heard = Mutex<[Event]>([])

    /// Runs a body with a client that hears everything from before its beginning. Events that come while the broker
    /// is away or the client reconnects are kept in a durable queue.
    static func with<Result: Sendable>(
        _ world: World,
        _ body: @Sendable (Client) async throws -> Result
    ) async throws -> Result {
        let client = try Client(world)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await client.publisher.run() }
            group.addTask { try await client.consumer.run() }
            let isListening = Mutex(false)
            group.addTask {
                for await event in client.consumer.events {
                    switch event {
                    case .active: isListening.withLock { $0 = true }
                    case .delivered(let delivery): client.hear(delivery)
                    case .lost, .stopped: break
                    }
                }
            }
            guard await eventually(within: .seconds(30), { isListening.withLock { $0 } }) else {
                throw ProgramUnderTest.StartFailure(description: "the test's own consumer got no connection")
            }
            let result = try await body(client)
            await client.publisher.shutDown()
            await client.consumer.shutDown()
            group.cancelAll()
            return result
        }
    }

    private init(_ world: World) throws {
        let endpoints = [world.broker.endpoint()]
        let logger = Logger(label: "test.client") { _ in SwiftLogNoOpLogHandler() }
        let random: @Sendable () -> Double = { Double.random(in: 0..<1) }
        var topology = BrokerNames().topology(.declare)
        topology.queues.append(QueueDeclaration(name: Self.collector))
        topology.bindings += ["copy.results", "copy.progress"].map {
            Binding(queue: Self.collector, exchange: $0, routingKey: "#")
        }
        publisher = AMQPPublisher(
            AMQPPublisherSettings(endpoints: endpoints, connectionName: "test-publisher", topology: topology),
            transport: RabbitMQTransport(),
            clock: ContinuousClock(),
            random: random,
            logger: logger
        )
        consumer = AMQPConsumer(
            AMQPConsumerSettings(
                endpoints: endpoints,
                connectionName: "test-consumer",
                topology: topology,
                queues: [ConsumedQueue(.named(Self.collector), prefetch: 1000)]
            ),
            transport: RabbitMQTransport(),
            clock: ContinuousClock(),
            random: random,
            logger: logger
        )
    }

    private func hear(_ delivery: Delivery) {
        let headers = delivery.message.headers.fields.compactMap { field in field.value.text.map { (field.name, $0) } }
        if let json = try? JSON(parsing: delivery.message.body) {
            let event = Event(
                id: json["id"].string ?? "",
                name: json["type"].string?.split(separator: ".").dropLast().last.map(String.init) ?? "",
                request: json["data"]["requestId"].string,
                body: delivery.message.body,
                headers: Dictionary(headers, uniquingKeysWith: { first, _ in first }),
                json: json
            )
            heard.withLock { $0.append(event) }
        }
        consumer.settle(delivery.id, .ack)
    }

    /// The first messages of a queue; they stay in it.
    func peek(_ count: Int, in queue: String, of world: World) async throws -> [AMQPMessage] {
        let connection = try await RabbitMQTransport().connect(to: world.broker.endpoint(), name: "peek")
        try await connection.consume(queue: queue, consumerTag: "peek", prefetch: UInt16(count), exclusive: false)
        return try await withThrowingTaskGroup(of: [AMQPMessage].self) { group in
            group.addTask {
                var messages: [AMQPMessage] = []
                for await event in connection.events {
                    if case .delivered(let delivery) = event { messages.append(delivery.message) }
                    if messages.count == count { break }
                }
                return messages
            }
            group.addTask {
                // So many as there are: what does not come soon is not there.
                try await ContinuousClock().sleep(for: .seconds(60))
                return []
            }
            let messages = try await group.next() ?? []
            group.cancelAll()
            await connection.close()
            return messages
        }
    }

    // MARK: - Upstream

    func publish(_ message: AMQPMessage, to queue: String = "copy.requests") async throws {
        let publication = try await publisher.publish(
            OutgoingMessage(exchange: "", routingKey: queue, mandatory: true, message: message)
        )
        guard publication == .confirmed else {
            throw ProgramUnderTest.StartFailure(description: "\(queue): \(publication)")
        }
    }

    func submit(_ request: [String: any Sendable]) async throws {
        var message = AMQPMessage(body: [UInt8](try JSONSerialization.data(withJSONObject: request)))
        message.contentType = "application/json"
        message.deliveryMode = 2
        message.messageID = request["id"] as? String
        try await publish(message)
    }

    /// Publishes all of them at once.
    func submit(all requests: [[String: any Sendable]]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for request in requests { group.addTask { try await self.submit(request) } }
            try await group.waitForAll()
        }
    }

    // MARK: - Downstream

    var events: [Event] { heard.withLock { $0 } }
    var outcomes: [Event] { events.filter(\.isOutcome) }

    func outcomes(of request: String) -> [Event] { outcomes.filter { $0.request == request } }

    /// Waits until each of the requests has an outcome.
    /// - Returns: those that have none in time.
    func waitForOutcomes(of requests: [String], within limit: Duration) async -> [String] {
        var missing = requests
        _ = await eventually(within: limit) {
            let ended = Set(self.outcomes.compactMap(\.request))
            missing = requests.filter { !ended.contains($0) }
            return missing.isEmpty
        }
        return missing
    }
}
