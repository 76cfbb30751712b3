import AMQP
import BrokerSupport
import RabbitMQTransport
import Testing

@Suite("Declaring and binding")
struct TopologyCallTests {
    @Test("a queue without a name gets one from the broker")
    func serverNamed() async throws {
        let broker = try await PrivateBroker.steady()
        let (connection, _) = try await connect(.plain(port: broker.port))
        let declaration = QueueDeclaration(name: "", durable: false, exclusive: true, autoDelete: true)
        let name = try await connection.declare(declaration, passive: false)
        #expect(name.hasPrefix("amq.gen-"))
        await connection.close()
    }

    @Test("a binding carries messages from exchange to queue")
    func binding() async throws {
        let broker = try await PrivateBroker.steady()
        let (queue, exchange) = (fresh("bound"), fresh("exchange"))
        let (connection, trail) = try await connect(.plain(port: broker.port))
        try await connection.declare(ExchangeDeclaration(name: exchange, type: "topic"), passive: false)
        try await connection.declareClassic(queue)
        try await connection.bind(queue: queue, exchange: exchange, routingKey: "copy.*.succeeded")
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: true)
        var outgoing = OutgoingMessage.text("bound", to: "copy.model.succeeded")
        outgoing.exchange = exchange
        try await connection.publish([outgoing])
        let delivery = try await trail.delivery()
        #expect(delivery.exchange == exchange)
        #expect(delivery.routingKey == "copy.model.succeeded")
        await connection.close()
    }

    @Test("the same queue with other arguments is refused with 406")
    func mismatch() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("mismatch")
        let (first, _) = try await connect(.plain(port: broker.port))
        try await first.declareClassic(queue)
        let refused = await error {
            _ = try await first.declare(
                QueueDeclaration(name: queue, arguments: ["x-max-length": .integer(5)]),
                passive: false
            )
        }
        #expect(refused?.code == .channelClosed)
        #expect(refused?.replyCode == 406)
        #expect(refused?.message.contains("x-max-length") == true)
    }

    @Test("looking for what is not there is refused with 404")
    func passive() async throws {
        let broker = try await PrivateBroker.steady()
        let (first, firstTrail) = try await connect(.plain(port: broker.port))
        let queue = await error { _ = try await first.declare(QueueDeclaration(name: "none"), passive: true) }
        #expect(queue?.replyCode == 404)
        #expect(try await firstTrail.closed() == queue)
        let (second, _) = try await connect(.plain(port: broker.port))
        let exchange = await error {
            try await second.declare(ExchangeDeclaration(name: "none", type: "topic"), passive: true)
        }
        #expect(exchange?.replyCode == 404)
    }
}
