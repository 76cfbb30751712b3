import AMQP
import BrokerSupport
import RabbitMQTransport
import Testing

/// What brokers do to a connection. Serialized: the broker is stopped, killed and alarmed.
@Suite("Disturbances", .serialized)
struct DisturbanceTests {
    @Test("a memory alarm is announced, holds publishes back without blocking a call, and ends")
    func memoryAlarm() async throws {
        let broker = try await PrivateBroker.disturbed()
        let queue = fresh("alarm")
        let (consumer, consumed) = try await connect(.plain(port: broker.port))
        let (publisher, published) = try await connect(.plain(port: broker.port))
        try await consumer.declareClassic(queue)
        try await publisher.selectConfirms()
        try await publisher.publish("before", to: queue)
        try await published.confirmed(upTo: 1)
        try await broker.raiseMemoryAlarm()
        // Only who publishes is blocked, by its first publish.
        try await publisher.publish("during", to: queue)
        let reason = try await published.next("blocked") { event -> String? in
            if case .blocked(let reason) = event { reason } else { nil }
        }
        #expect(reason.contains("memory"))
        // Far more than all buffers take: the calls return, and the connection lives.
        let body = String(repeating: "x", count: 1 << 20)
        for _ in 0..<32 { try await publisher.publish(body, to: queue) }
        try await consumer.consume(queue: queue, consumerTag: "c", prefetch: 50, exclusive: false)
        let early = try await consumed.delivery()
        #expect(early.text == "before")
        try await consumer.settle([.ack(tag: early.deliveryTag)])
        try await broker.clearMemoryAlarm()
        _ = try await published.next("unblocked") { if case .unblocked = $0 { true } else { nil } }
        for _ in 0..<33 {
            let delivery = try await consumed.delivery()
            try await consumer.settle([.ack(tag: delivery.deliveryTag)])
        }
        await publisher.close()
        await consumer.close()
    }

    @Test("closing while the broker blocks us is bounded")
    func closeWhileBlocked() async throws {
        let broker = try await PrivateBroker.disturbed()
        let queue = fresh("blocked-close")
        let endpoint = AMQPEndpoint.plain(port: broker.port, callTimeout: .seconds(2))
        let (connection, trail) = try await connect(endpoint)
        try await connection.declareClassic(queue)
        try await broker.raiseMemoryAlarm()
        try await connection.publish("blocked", to: queue)
        _ = try await trail.next("blocked") { if case .blocked = $0 { true } else { nil } }
        let start = ContinuousClock.now
        await connection.close()
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(try await trail.closed().code == .closedByUs)
        try await broker.clearMemoryAlarm()
    }

    @Test("a broker that is told to close the connection says why")
    func forcedClose() async throws {
        let broker = try await PrivateBroker.disturbed()
        let (_, trail) = try await connect(.plain(port: broker.port))
        try await broker.closeAllConnections(reason: "maintenance")
        let error = try await trail.closed()
        #expect(error.code == .connectionClosed)
        #expect(error.replyCode == 320)
        #expect(error.message.contains("maintenance"))
    }

    @Test("an orderly stop of the broker ends the connection; after its start a new one stands")
    func brokerStop() async throws {
        let broker = try await PrivateBroker.disturbed()
        let queue = fresh("survivor")
        let (before, trail) = try await connect(.plain(port: broker.port))
        try await before.declareClassic(queue)
        try await before.selectConfirms()
        try await before.publish("persistent", to: queue)
        try await trail.confirmed(upTo: 1)
        try await broker.stop()
        #expect([.connectionClosed, .connectionLost].contains(try await trail.closed().code))
        #expect(await error { _ = try await connect(.plain(port: broker.port)) }?.code == .unreachable)
        try await broker.resume()
        let (after, second) = try await connect(.plain(port: broker.port))
        try await after.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: false)
        #expect(try await second.delivery().text == "persistent")
        await after.close()
    }

    @Test("a broker that is killed is noticed at once")
    func brokerKill() async throws {
        let broker = try await PrivateBroker.disturbed()
        let (_, trail) = try await connect(.plain(port: broker.port))
        try await broker.kill()
        #expect(try await trail.closed().code == .connectionLost)
        try await broker.resume()
        let (after, _) = try await connect(.plain(port: broker.port))
        await after.close()
    }
}
