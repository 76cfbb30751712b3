import AMQP
import Testing

extension BrokerConformance {
    static let redelivery = [
        BrokerCase("what a lost connection held comes back in order, marked and counted", types: both) { bench, type in
            let queue = try await bench.queue("lost", ["x-queue-type": .string(type)])
            try await bench.publish((0..<4).map { .sample("\($0)", to: queue) })
            for round in 0..<3 as Range<Int64> {
                let link = try await bench.link("mortal")
                try await link.consume(queue, prefetch: 4)
                let deliveries = try await link.deliveries(4)
                #expect(deliveries.map(\.id) == ["0", "1", "2", "3"], "round \(round)")
                #expect(deliveries.allSatisfy { $0.redelivered == (round > 0) })
                #expect(deliveries.allSatisfy { $0.count == (type == "quorum" && round > 0 ? round : nil) })
                switch round {
                case 0: try await bench.administration.cutConnection(named: bench.name("mortal"))
                case 1: try await bench.administration.closeConnection(named: bench.name("mortal"))
                default: await link.close()
                }
                #expect(try await link.next { if case .closed = $0 { true } else { nil } } == true)
            }
        },
        BrokerCase("what comes back from a lost connection takes its old place", queues: kinds) { bench, arguments in
            let queue = try await bench.queue("places", arguments)
            try await bench.publish((0..<4).map { .sample("\($0)", to: queue) })
            let link = try await bench.link()
            try await link.consume(queue, prefetch: 2)
            _ = try await link.deliveries(2)
            await link.close()
            let order = try await bench.drain(queue)
            #expect(order == ["0", "1", "2", "3"])
        },
        BrokerCase(
            "what is handed back goes behind what waits in a quorum queue without a delivery limit",
            queues: kinds
        ) {
            bench,
            arguments in
            let queue = try await bench.queue("behind", arguments)
            try await bench.publish((0..<4).map { .sample("\($0)", to: queue) })
            let link = try await bench.link()
            try await link.consume(queue, prefetch: 2)
            let tags = try await link.deliveries(2).map(\.deliveryTag)
            try await link.connection.cancelConsumer(tag: "c")
            try await link.connection.settle(tags.map { .reject(tag: $0, requeue: true) })
            _ = try await link.connection.declare(QueueDeclaration(name: queue), passive: true)
            await link.close()
            let isBehind = arguments == ["x-queue-type": .string("quorum")]
            let order = try await bench.drain(queue)
            #expect(order == (isBehind ? ["2", "3", "0", "1"] : ["0", "1", "2", "3"]))
        },
        BrokerCase("a count that a message brings along does not count") { bench in
            let queue = try await bench.quorumQueue("forged", ["x-delivery-limit": .integer(3)])
            try await bench.publish([.sample("a", to: queue) { $0.headers["x-delivery-count"] = .integer(50) }])
            let link = try await bench.link()
            try await link.consume(queue)
            let first = try await link.delivery()
            #expect(first.count == 50)
            try await link.connection.settle([.reject(tag: first.deliveryTag, requeue: true)])
            #expect(try await link.delivery().count == 1)
            await link.close()
        },
    ]

    /// Classic, quorum, and quorum with a delivery limit.
    private static let kinds: [AMQPTable] = [
        ["x-queue-type": .string("classic")], ["x-queue-type": .string("quorum")],
        ["x-queue-type": .string("quorum"), "x-delivery-limit": .integer(5)],
    ]
}

extension BrokerCase {
    /// The same demand on queues with these arguments.
    init(
        _ description: String,
        queues: [AMQPTable],
        run: @escaping @Sendable (BrokerBench, AMQPTable) async throws -> Void
    ) {
        self.init(description) { bench in
            for (index, arguments) in queues.enumerated() { try await run(bench.apart("kind-\(index)"), arguments) }
        }
    }
}
