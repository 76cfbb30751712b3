import AMQP
import BrokerSupport
import RabbitMQTransport
import Testing

@Suite("Consuming and settling")
struct ConsumingTests {
    @Test("what is published is delivered, and gone once it is acknowledged")
    func roundTrip() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("round-trip")
        let (connection, trail) = try await connect(.plain(port: broker.port))
        try await connection.declareClassic(queue)
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 10, exclusive: false)
        for number in 0..<5 { try await connection.publish("message \(number)", to: queue) }
        for number in 0..<5 {
            let delivery = try await trail.delivery()
            #expect(delivery.text == "message \(number)")
            #expect(delivery.consumerTag == "c")
            #expect(delivery.routingKey == queue)
            #expect(!delivery.redelivered)
            try await connection.settle([.ack(tag: delivery.deliveryTag)])
        }
        await connection.close()
        let figures = try await broker.figures(of: queue) { $0 == .init(ready: 0, unacknowledged: 0, consumers: 0) }
        #expect(figures == .init(ready: 0, unacknowledged: 0, consumers: 0))
    }

    @Test("a rejected delivery comes again, or is dropped, as was said")
    func reject() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("reject")
        let (connection, trail) = try await connect(.plain(port: broker.port))
        try await connection.declareClassic(queue)
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: false)
        try await connection.publish("again", to: queue)
        let first = try await trail.delivery()
        try await connection.settle([.reject(tag: first.deliveryTag, requeue: true)])
        let second = try await trail.delivery()
        #expect(second.redelivered)
        #expect(second.text == "again")
        try await connection.settle([.reject(tag: second.deliveryTag, requeue: false)])
        await connection.close()
        let figures = try await broker.figures(of: queue) { $0.ready == 0 }
        #expect(figures.ready == 0)
    }

    @Test("the prefetch limits what is outstanding")
    func prefetch() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("prefetch")
        let (connection, trail) = try await connect(.plain(port: broker.port))
        try await connection.declareClassic(queue)
        try await connection.selectConfirms()
        try await connection.publish((0..<10).map { .text("\($0)", to: queue) })
        try await trail.confirmed(upTo: 10)
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 3, exclusive: false)
        var last: UInt64 = 0
        for _ in 0..<3 { last = try await trail.delivery().deliveryTag }
        let figures = try await broker.figures(of: queue) { $0 == .init(ready: 7, unacknowledged: 3, consumers: 1) }
        #expect(figures == .init(ready: 7, unacknowledged: 3, consumers: 1))
        try await connection.settle((1...last).map { .ack(tag: $0) })
        #expect(try await trail.delivery().text == "3")
        await connection.close()
    }

    @Test("of large messages no more is read than there is room for, and the connection outlives that")
    func largeMessages() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("large")
        let (publisher, confirms) = try await connect(.plain(port: broker.port))
        try await publisher.declareClassic(queue)
        try await publisher.selectConfirms()
        let large = OutgoingMessage.text(String(repeating: "x", count: 8 << 20), to: queue)
        try await publisher.publish(Array(repeating: large, count: 20))
        try await confirms.confirmed(upTo: 20)
        let heartbeat: Duration = .seconds(1)
        let (connection, trail) = try await connect(.plain(port: broker.port, heartbeat: heartbeat))
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 100, exclusive: false)
        var tags: [UInt64] = []
        for _ in 0..<8 { tags.append(try await trail.delivery().deliveryTag) }
        // Longer than the broker waits for a sign of life.
        try await Task.sleep(for: heartbeat * 5)
        #expect(trail.all.count == 8)
        try await connection.settle(tags.map { .ack(tag: $0) })
        for _ in 8..<20 {
            let tag = try await trail.delivery().deliveryTag
            try await connection.settle([.ack(tag: tag)])
        }
        await connection.close()
        let figures = try await broker.figures(of: queue) { $0 == .init(ready: 0, unacknowledged: 0, consumers: 0) }
        #expect(figures == .init(ready: 0, unacknowledged: 0, consumers: 0))
    }

    @Test("settling in any order leaves nothing behind")
    func anyOrder() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("any-order")
        let (connection, trail) = try await connect(.plain(port: broker.port))
        try await connection.declareClassic(queue)
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 300, exclusive: false)
        try await connection.publish((0..<300).map { .text("\($0)", to: queue) })
        var tags: [UInt64] = []
        for _ in 0..<300 { tags.append(try await trail.delivery().deliveryTag) }
        var generator = SystemRandomNumberGenerator()
        tags.shuffle(using: &generator)
        for tag in tags {
            try await connection.settle([tag % 7 == 0 ? .reject(tag: tag, requeue: false) : .ack(tag: tag)])
        }
        // A wrong tag would have closed the channel.
        _ = try await connection.declare(QueueDeclaration(name: queue), passive: true)
        let figures = try await broker.figures(of: queue) { $0 == .init(ready: 0, unacknowledged: 0, consumers: 1) }
        #expect(figures == .init(ready: 0, unacknowledged: 0, consumers: 1))
        await connection.close()
    }

    @Test("a settlement of a delivery that never was is refused here, and harms nothing")
    func strangeTag() async throws {
        let broker = try await PrivateBroker.steady()
        let (connection, trail) = try await connect(.plain(port: broker.port))
        #expect(await error { try await connection.settle([.ack(tag: 77)]) }?.code == .invalid)
        try await connection.selectConfirms()
        #expect(trail.all.isEmpty)
        await connection.close()
    }

    @Test("what a lost connection held is delivered again on the next one")
    func redelivery() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("redelivery")
        let proxy = try FaultProxy(to: broker.port)
        defer { proxy.stop() }
        let (first, firstTrail) = try await connect(.plain(port: proxy.port))
        _ = try await first.declare(
            QueueDeclaration(name: queue, arguments: ["x-queue-type": .string("quorum")]),
            passive: false
        )
        try await first.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: false)
        try await first.publish("held", to: queue)
        #expect(try await firstTrail.delivery().text == "held")
        proxy.reset()
        #expect(try await firstTrail.closed().code == .connectionLost)
        #expect(firstTrail.hasEnded || !firstTrail.all.isEmpty)

        let (second, trail) = try await connect(.plain(port: broker.port))
        try await second.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: false)
        let delivery = try await trail.delivery()
        #expect(delivery.text == "held")
        #expect(delivery.redelivered)
        #expect(delivery.message.headers["x-delivery-count"]?.number == 1)
        try await second.settle([.ack(tag: delivery.deliveryTag)])
        await second.close()
    }

    @Test("the broker tells when a queue is deleted under its consumer", arguments: ["classic", "quorum"])
    func serverCancel(type: String) async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("deleted")
        let (connection, trail) = try await connect(.plain(port: broker.port))
        _ = try await connection.declare(
            QueueDeclaration(name: queue, arguments: ["x-queue-type": .string(type)]),
            passive: false
        )
        try await connection.consume(queue: queue, consumerTag: "watcher", prefetch: 1, exclusive: false)
        try await broker.deleteQueue(queue)
        let tag = try await trail.next("cancel") {
            if case .consumerCancelled(let tag) = $0 { tag } else { nil }
        }
        #expect(tag == "watcher")
        // The connection is as good as before.
        try await connection.selectConfirms()
        await connection.close()
    }

    @Test("a cancelled consumer gets nothing more")
    func cancel() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("cancelled")
        let (connection, trail) = try await connect(.plain(port: broker.port))
        try await connection.declareClassic(queue)
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: false)
        try await connection.cancelConsumer(tag: "c")
        try await connection.selectConfirms()
        try await connection.publish("unseen", to: queue)
        try await trail.confirmed(upTo: 1)
        let figures = try await broker.figures(of: queue) { $0 == .init(ready: 1, unacknowledged: 0, consumers: 0) }
        #expect(figures == .init(ready: 1, unacknowledged: 0, consumers: 0))
        await connection.close()
    }

    @Test("the end of a cancelled consumer is told behind its last delivery")
    func cancelUnderLoad() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("cancelled-under-load")
        let (connection, trail) = try await connect(.plain(port: broker.port))
        try await connection.declareClassic(queue)
        try await connection.selectConfirms()
        try await connection.publish((0..<3000).map { .text("\($0)", to: queue) })
        try await trail.confirmed(upTo: 3000)
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 2000, exclusive: false)
        try await connection.cancelConsumer(tag: "c")
        _ = try await trail.next("cancel") { if case .consumerCancelled("c") = $0 { true } else { nil } }
        // Nothing comes behind it, also when there is room again.
        let tags = trail.all.compactMap { if case .delivered(let delivery) = $0 { delivery.deliveryTag } else { nil } }
        try await connection.settle(tags.map { .ack(tag: $0) })
        _ = try await connection.declare(QueueDeclaration(name: queue), passive: true)
        await connection.close()
        _ = try await trail.closed()
        let last = trail.all.lastIndex { if case .delivered = $0 { true } else { false } }
        let cancel = trail.all.firstIndex { if case .consumerCancelled = $0 { true } else { false } }
        #expect(try #require(cancel) > last ?? -1)
        let figures = try await broker.figures(of: queue) { $0.ready == 3000 - tags.count }
        #expect(figures.ready == 3000 - tags.count)
    }

    @Test("deliveries that come during a call are not lost")
    func callsAmongDeliveries() async throws {
        let broker = try await PrivateBroker.steady()
        let queue = fresh("busy")
        let (connection, trail) = try await connect(.plain(port: broker.port))
        try await connection.declareClassic(queue)
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 1000, exclusive: false)
        let body = String(repeating: "x", count: 40_000)
        for round in 0..<20 {
            try await connection.publish((0..<20).map { .text("\(round)/\($0) \(body)", to: queue) })
            _ = try await connection.declare(QueueDeclaration(name: queue), passive: true)
        }
        for round in 0..<20 {
            for number in 0..<20 {
                let delivery = try await trail.delivery()
                #expect(delivery.text.hasPrefix("\(round)/\(number) "))
                #expect(delivery.message.body.count > 40_000)
                try await connection.settle([.ack(tag: delivery.deliveryTag)])
            }
        }
        await connection.close()
    }
}
