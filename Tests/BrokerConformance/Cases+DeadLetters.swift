import AMQP
import Testing

extension BrokerConformance {
    static let deadLetters = [
        BrokerCase("over the delivery limit a message is dead-lettered, and says why and from where") { bench in
            let dead = try await bench.queue("dead")
            let queue = try await bench.dying("limited", to: dead, ["x-delivery-limit": .integer(2)])
            try await bench.publish([.sample("a", to: queue) { $0.headers["own"] = .string("kept") }])
            let link = try await bench.link()
            try await link.consume(queue)
            for count in [nil, 1, 2] as [Int64?] {
                let delivery = try await link.delivery()
                #expect(delivery.count == count)
                try await link.connection.settle([.reject(tag: delivery.deliveryTag, requeue: true)])
            }
            try await link.consume(dead, tag: "dead")
            let delivery = try await link.delivery()
            #expect(delivery.consumerTag == "dead")
            #expect(delivery.message.body == Array("a".utf8))
            #expect(!delivery.redelivered)
            #expect(delivery.count == nil)
            #expect(delivery.message.headers["own"]?.text == "kept")
            #expect(delivery.message.headers["x-first-death-reason"]?.text == "delivery_limit")
            #expect(delivery.message.headers["x-first-death-queue"]?.text == queue)
            #expect(delivery.message.headers["x-first-death-exchange"]?.text == "")
            let death = try #require(delivery.deaths.first)
            #expect(delivery.deaths.count == 1)
            #expect(death["reason"]?.text == "delivery_limit")
            #expect(death["queue"]?.text == queue)
            #expect(death["exchange"]?.text == "")
            #expect(death["count"]?.number == 1)
            #expect(death["routing-keys"] == .array([.string(queue)]))
            await link.close()
        },
        BrokerCase("a lost connection counts like a message handed back") { bench in
            let dead = try await bench.queue("dead")
            let queue = try await bench.dying("limited", to: dead, ["x-delivery-limit": .integer(1)])
            try await bench.publish([.sample("a", to: queue)])
            for _ in 0..<2 {
                let link = try await bench.link()
                try await link.consume(queue)
                _ = try await link.delivery()
                await link.close()
            }
            #expect(try await bench.drain(dead) == ["a"])
            #expect(try await bench.drain(queue) == [])
        },
        BrokerCase("a limit of -1 is a limit of none: the first return is the last", limits: [-1, 0]) { bench, limit in
            let dead = try await bench.queue("dead")
            let queue = try await bench.dying("unforgiving", to: dead, ["x-delivery-limit": .integer(limit)])
            try await bench.publish([.sample("a", to: queue)])
            let link = try await bench.link()
            try await link.consume(queue)
            try await link.connection.settle([.reject(tag: try await link.delivery().deliveryTag, requeue: true)])
            try await link.consume(dead, tag: "dead")
            #expect(try await link.delivery().consumerTag == "dead")
            await link.close()
        },
        BrokerCase("what is rejected is dead-lettered, to its old routing key unless another is set", types: both) {
            bench,
            type in
            let exchange = try await bench.exchange("deaths", "direct")
            let (dead, renamed) = (try await bench.queue("dead"), try await bench.queue("renamed"))
            let arguments: AMQPTable = [
                "x-queue-type": .string(type), "x-dead-letter-exchange": .string(exchange),
            ]
            let queue = try await bench.queue("keeps", arguments)
            var renaming = arguments
            renaming["x-dead-letter-routing-key"] = .string("new")
            let other = try await bench.queue("renames", renaming)
            try await bench.bind(dead, to: exchange, by: queue)
            try await bench.bind(renamed, to: exchange, by: "new")
            try await bench.publish([.sample("a", to: queue), .sample("b", to: other)])
            let link = try await bench.link()
            for (source, target, id) in [(queue, dead, "a"), (other, renamed, "b")] {
                try await link.consume(source, tag: source)
                let tag = try await link.delivery().deliveryTag
                try await link.connection.settle([.reject(tag: tag, requeue: false)])
                try await link.consume(target, tag: target)
                let delivery = try await link.delivery()
                #expect(delivery.id == id)
                #expect(delivery.exchange == exchange)
                #expect(delivery.routingKey == (target == dead ? queue : "new"))
                #expect(delivery.deaths.first?["reason"]?.text == "rejected")
            }
            await link.close()
        },
        BrokerCase("what waits too long moves on, through two queues and in order", types: both) { bench, type in
            let last = try await bench.queue("last")
            let second = try await bench.expiring("second", to: last, type, milliseconds: 300)
            let first = try await bench.expiring("first", to: second, type, milliseconds: 300)
            let link = try await bench.link()
            try await link.consume(last)
            try await bench.publish((0..<5).map { .sample("\($0)", to: first) })
            let deliveries = try await link.deliveries(5)
            #expect(deliveries.map(\.id) == ["0", "1", "2", "3", "4"])
            for delivery in deliveries {
                #expect(delivery.deaths.map { $0["queue"]?.text } == [second, first])
                #expect(delivery.deaths.allSatisfy { $0["reason"]?.text == "expired" })
                #expect(delivery.message.headers["x-first-death-queue"]?.text == first)
            }
            await link.close()
        },
        BrokerCase("the same death again is counted, in one entry") { bench in
            let exchange = try await bench.exchange("circle", "direct")
            let work = try await bench.quorumQueue(
                "work",
                [
                    "x-dead-letter-exchange": .string(exchange), "x-dead-letter-routing-key": .string("wait"),
                ]
            )
            let wait = try await bench.quorumQueue(
                "wait",
                [
                    "x-message-ttl": .integer(100), "x-dead-letter-exchange": .string(exchange),
                    "x-dead-letter-routing-key": .string("work"),
                ]
            )
            try await bench.bind(work, to: exchange, by: "work")
            try await bench.bind(wait, to: exchange, by: "wait")
            try await bench.publish([.sample("a", to: work)])
            let link = try await bench.link()
            try await link.consume(work)
            for round in 0..<3 as Range<Int64> {
                let delivery = try await link.delivery()
                let counts = delivery.deaths.map { [$0["queue"]?.text ?? "", "\($0["count"]?.number ?? 0)"] }
                #expect(counts == (round == 0 ? [] : [[wait, "\(round)"], [work, "\(round)"]]))
                try await link.connection.settle([.reject(tag: delivery.deliveryTag, requeue: false)])
            }
            await link.close()
        },
        BrokerCase("a message's own time is kept, and taken from it when it dies", types: both) { bench, type in
            let dead = try await bench.queue("dead")
            let queue = try await bench.expiring("own-time", to: dead, type, milliseconds: 60_000)
            let link = try await bench.link()
            try await link.consume(dead)
            try await bench.publish([.sample("a", to: queue) { $0.expiration = "100" }])
            let delivery = try await link.delivery()
            #expect(delivery.message.expiration == nil)
            #expect(delivery.deaths.first?["original-expiration"]?.text == "100")
            await link.close()
        },
    ]
}

extension BrokerCase {
    init(
        _ description: String,
        limits: [Int64],
        run: @escaping @Sendable (BrokerBench, _ limit: Int64) async throws -> Void
    ) {
        self.init(description) { bench in for limit in limits { try await run(bench.apart("limit\(limit)"), limit) } }
    }
}

extension BrokerBench {
    /// A quorum queue whose dead go to another queue.
    func dying(_ name: String, to dead: String, _ arguments: AMQPTable) async throws -> String {
        var arguments = arguments
        arguments["x-dead-letter-exchange"] = .string("")
        arguments["x-dead-letter-routing-key"] = .string(dead)
        return try await quorumQueue(name, arguments)
    }

    func expiring(_ name: String, to next: String, _ type: String, milliseconds: Int64) async throws -> String {
        var arguments: AMQPTable = [
            "x-queue-type": .string(type), "x-message-ttl": .integer(milliseconds),
            "x-dead-letter-exchange": .string(""), "x-dead-letter-routing-key": .string(next),
        ]
        if type == "quorum" {
            arguments["x-dead-letter-strategy"] = .string("at-least-once")
            arguments["x-overflow"] = .string("reject-publish")
        }
        return try await queue(name, arguments)
    }
}

extension RawDelivery {
    /// Newest first.
    var deaths: [AMQPTable] {
        guard case .array(let entries) = message.headers["x-death"] else { return [] }
        return entries.compactMap { if case .table(let table) = $0 { table } else { nil } }
    }
}
