import AMQP
import Testing

extension BrokerConformance {
    static let settling = [
        BrokerCase("settled in any order, together or one by one, all is gone", types: both) { bench, type in
            let queue = try await bench.queue("any-order", ["x-queue-type": .string(type)])
            try await bench.publish((0..<30).map { .sample("\($0)", to: queue) })
            let link = try await bench.link()
            try await link.consume(queue, prefetch: 100)
            let tags = try await link.deliveries(30).map(\.deliveryTag)
            try await link.connection.settle(tags[..<10].map { .ack(tag: $0) })
            try await link.connection.settle([.ack(tag: tags[20]), .reject(tag: tags[15], requeue: false)])
            for tag in tags.reversed() where !tags[..<10].contains(tag) && tag != tags[20] && tag != tags[15] {
                try await link.connection.settle([.ack(tag: tag)])
            }
            // Behind the last of them, since it goes the same way.
            _ = try await link.connection.declare(QueueDeclaration(name: queue), passive: true)
            await link.close()
            #expect(try await bench.drain(queue) == [])
        },
        BrokerCase("a settlement that was never due is refused without a word to the broker; a second one is nothing") {
            bench in
            let queue = try await bench.queue("strange")
            try await bench.publish([.sample("a", to: queue), .sample("b", to: queue)])
            let link = try await bench.link()
            try await link.consume(queue)
            let tags = try await link.deliveries(2).map(\.deliveryTag)
            let error = await #expect(throws: AMQPError.self) {
                try await link.connection.settle([.ack(tag: tags[0]), .ack(tag: 77)])
            }
            #expect(error?.code == .invalid)
            try await link.connection.settle([.ack(tag: tags[0]), .reject(tag: tags[0], requeue: true)])
            try await link.expectNothing(on: bench)
            await link.close()
            #expect(try await bench.drain(queue) == ["b"])
        },
        BrokerCase("what is handed back comes again at once, older by one delivery in a quorum queue", types: both) {
            bench,
            type in
            let queue = try await bench.queue("handed-back", ["x-queue-type": .string(type)])
            try await bench.publish([.sample("a", to: queue)])
            let link = try await bench.link()
            try await link.consume(queue)
            for round in 0..<4 as Range<Int64> {
                let delivery = try await link.delivery()
                #expect(delivery.id == "a")
                #expect(delivery.redelivered == (round > 0))
                #expect(delivery.count == (type == "quorum" && round > 0 ? round : nil))
                try await link.connection.settle([.reject(tag: delivery.deliveryTag, requeue: true)])
            }
            await link.close()
        },
        BrokerCase("what is rejected where nothing follows is gone", types: both) { bench, type in
            let queue = try await bench.queue("rejected", ["x-queue-type": .string(type)])
            try await bench.publish([.sample("a", to: queue), .sample("b", to: queue)])
            let link = try await bench.link()
            try await link.consume(queue, prefetch: 1)
            try await link.connection.settle([.reject(tag: try await link.delivery().deliveryTag, requeue: false)])
            #expect(try await link.delivery().id == "b")
            await link.close()
            #expect(try await bench.drain(queue) == ["b"])
        },
    ]
}
