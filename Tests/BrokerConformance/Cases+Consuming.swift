import AMQP
import Testing

extension BrokerConformance {
    static let consuming = [
        BrokerCase("deliveries come in the order of publishing, by tags that count from one", types: both) {
            bench,
            type in
            let queue = try await bench.queue("ordered", ["x-queue-type": .string(type)])
            let ids = (0..<40).map { "\($0)" }
            try await bench.publish(ids[..<20].map { .sample($0, to: queue) })
            let link = try await bench.link()
            try await link.consume(queue, prefetch: 100)
            try await bench.publish(ids[20...].map { .sample($0, to: queue) })
            let deliveries = try await link.deliveries(40)
            #expect(deliveries.map(\.id) == ids)
            #expect(deliveries.map(\.deliveryTag) == Array(1...40))
            #expect(deliveries.allSatisfy { $0.consumerTag == "c" && !$0.redelivered && $0.count == nil })
            await link.close()
        },
        BrokerCase("no more than the prefetch is outstanding, for each consumer by itself", types: both) {
            bench,
            type in
            let queues = [
                try await bench.queue("bounded-1", ["x-queue-type": .string(type)]),
                try await bench.queue("bounded-2", ["x-queue-type": .string(type)]),
            ]
            for queue in queues { try await bench.publish((0..<9).map { .sample("\($0)", to: queue) }) }
            let link = try await bench.link()
            try await link.consume(queues[0], tag: "two", prefetch: 2)
            let two = try await link.deliveries(2)
            try await link.consume(queues[1], tag: "three", prefetch: 3)
            let three = try await link.deliveries(3)
            #expect(three.allSatisfy { $0.consumerTag == "three" })
            try await link.expectNothing(on: bench)
            try await link.connection.settle([.ack(tag: two[0].deliveryTag)])
            let next = try await link.delivery()
            #expect(next.consumerTag == "two")
            #expect(next.id == "2")
            try await link.expectNothing(on: bench)
            try await link.connection.settle([.reject(tag: three[2].deliveryTag, requeue: false)])
            #expect(try await link.delivery().consumerTag == "three")
            try await link.expectNothing(on: bench)
            await link.close()
        },
        BrokerCase("two consumers share a queue, each message goes to one of them", types: both) { bench, type in
            let queue = try await bench.queue("shared", ["x-queue-type": .string(type)])
            let (first, second) = (try await bench.link("first"), try await bench.link("second"))
            try await first.consume(queue, prefetch: 5)
            try await second.consume(queue, prefetch: 5)
            try await bench.publish((0..<12).map { .sample("\($0)", to: queue) })
            let one = try await first.deliveries(5).map(\.id)
            let other = try await second.deliveries(5).map(\.id)
            #expect(Set(one + other).count == 10)
            await first.close()
            await second.close()
            #expect(try await bench.drain(queue).count == 12)
        },
        BrokerCase("a cancelled consumer gets nothing more; what it holds it may still settle", types: both) {
            bench,
            type in
            let queue = try await bench.queue("cancelled", ["x-queue-type": .string(type)])
            try await bench.publish((0..<4).map { .sample("\($0)", to: queue) })
            let link = try await bench.link()
            try await link.consume(queue, prefetch: 2)
            let held = try await link.deliveries(2)
            try await link.connection.cancelConsumer(tag: "c")
            guard case .consumerCancelled("c") = try await link.event() else {
                throw BenchLink.Missing(description: "The end of the consumer was not told")
            }
            try await link.connection.settle([.ack(tag: held[0].deliveryTag)])
            try await link.expectNothing(on: bench)
            let other = try await bench.link("other")
            try await other.consume(queue)
            #expect(try await other.deliveries(2).map(\.id) == ["2", "3"])
            try await other.expectNothing(on: bench)
            await link.close()
            let back = try await other.delivery()
            #expect(back.id == "1")
            #expect(back.redelivered)
            await other.close()
        },
        BrokerCase("the broker cancels the consumers of a deleted queue; the connection goes on", types: both) {
            bench,
            type in
            let arguments: AMQPTable = ["x-queue-type": .string(type)]
            let queue = try await bench.queue("deleted", arguments)
            try await bench.publish([.sample("held", to: queue), .sample("waiting", to: queue)])
            let link = try await bench.link()
            try await link.consume(queue, tag: "watcher", prefetch: 1)
            let held = try await link.delivery()
            try await bench.administration.delete(queue: queue)
            guard case .consumerCancelled("watcher") = try await link.event() else {
                throw BenchLink.Missing(description: "The deletion was not told")
            }
            try await link.connection.settle([.ack(tag: held.deliveryTag)])
            _ = try await link.connection.declare(QueueDeclaration(name: queue, arguments: arguments), passive: false)
            try await link.consume(queue, tag: "watcher")
            try await bench.publish([.sample("anew", to: queue)])
            #expect(try await link.delivery().id == "anew")
            await link.close()
        },
    ]

    static let both = ["classic", "quorum"]
}
