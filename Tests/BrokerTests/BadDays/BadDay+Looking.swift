import AMQP
import BrokerSupport
import RabbitMQTransport
import Synchronization
import Testing

extension BadDay {
    /// From now on deliveries are held, or acknowledged at once as before.
    func hold(_ holds: Bool = true) { diary.withLock { $0.acknowledges = !holds } }

    var deliveries: [Delivery] { diary.withLock(\.deliveries) }
    var losses: [AMQPError] { diary.withLock(\.lost) }
    /// How often everything was consumed anew.
    var timesActive: Int { diary.withLock(\.active) }
    var isAtWork: Bool { consumer.status.phase == .active && publisher.status.phase == .active }
    /// No client has returned from `run()`.
    var isRunning: Bool { ends.withLock(\.isEmpty) }

    func deliveries(of id: String) -> [Delivery] { deliveries.filter { $0.message.messageID == id } }

    func message(_ id: String, key: String = "copy.x", exchange: String? = nil) -> OutgoingMessage {
        var message = AMQPMessage(body: Array(id.utf8))
        message.messageID = id
        message.deliveryMode = 2
        return OutgoingMessage(exchange: exchange ?? self.exchange, routingKey: key, mandatory: true, message: message)
    }

    func publish(_ id: String) async throws {
        let publication = try await publisher.publish(message(id))
        #expect(publication == .confirmed, "\(id)")
    }

    /// Publishes, and waits until it was delivered.
    func roundTrip(_ id: String) async throws {
        try await publish(id)
        try await delivered(id)
    }

    func delivered(_ id: String, times: Int = 1) async throws {
        try await until("delivery of \(id)") { $0.deliveries(of: id).count >= times }
    }

    func until(
        _ what: String,
        within limit: Duration = .seconds(30),
        _ condition: (BadDay) async throws -> Bool
    ) async throws {
        let clock = ContinuousClock()
        let end = clock.now + limit
        while try await !condition(self) {
            guard clock.now < end else {
                throw Missing(
                    description: """
                        No \(what) within \(limit); consumer \(consumer.status), publisher \(publisher.status), \
                        deliveries \(deliveries.map { $0.message.messageID ?? "" }), losses \(losses)
                        """
                )
            }
            try await clock.sleep(for: .milliseconds(10))
        }
    }
}

extension Topology {
    func establish(by endpoint: AMQPEndpoint) async throws {
        let connection = try await transport.connect(to: endpoint, name: "establishing")
        try await establish(on: connection)
        await connection.close()
    }
}
