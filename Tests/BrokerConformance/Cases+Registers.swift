import AMQP
import Testing

extension BrokerConformance {
    private static let oneOnly: AMQPTable = ["x-max-length": .integer(1), "x-overflow": .string("reject-publish")]

    static let registers = [
        BrokerCase("a full queue refuses what is published, and keeps what it has") { bench in
            let queue = try await bench.queue("full", oneOnly)
            let link = try await bench.link()
            try await link.connection.selectConfirms()
            #expect(try await link.publish([.sample("first", to: queue)]) == [.confirmed])
            #expect(try await link.publish([.sample("second", to: queue)]) == [.refused])
            #expect(
                try await link.publish([.sample("third", to: queue), .sample("lost", to: bench.name("none"))])
                    == [.refused, .returned(312)]
            )
            await link.close()
            let reader = try await bench.link("reader")
            try await reader.consume(queue)
            #expect(try await reader.delivery().id == "first")
            await reader.close()
        },
        BrokerCase("what a consumer holds does not count: one more is taken, behind it") { bench in
            let queue = try await bench.queue("held", oneOnly)
            try await bench.publish([.sample("first", to: queue)])
            let reader = try await bench.link("reader")
            try await reader.consume(queue, prefetch: 1)
            #expect(try await reader.delivery().id == "first")
            #expect(try await bench.publish([.sample("second", to: queue)]) == [.confirmed])
            #expect(try await bench.publish([.sample("third", to: queue)]) == [.refused])
            await reader.close()
            let again = try await bench.link("again")
            try await again.consume(queue, prefetch: 2)
            #expect(try await again.deliveries(2).map(\.id) == ["first", "second"])
            await again.close()
        },
        BrokerCase("a message that one full queue of several refuses is refused, and the others have it") { bench in
            let exchange = try await bench.exchange("several", "fanout")
            let (full, roomy) = (try await bench.queue("full", oneOnly), try await bench.queue("roomy"))
            for queue in [full, roomy] { try await bench.bind(queue, to: exchange, by: "") }
            try await bench.publish([.sample("first", to: full)])
            #expect(try await bench.publish([.sample("second", exchange: exchange, to: "")]) == [.refused])
            #expect(try await bench.drain(roomy) == ["second"])
        },
        BrokerCase("a full queue that is not told to refuse drops its oldest") { bench in
            let dead = try await bench.queue("dropped")
            let queue = try await bench.queue(
                "rolling",
                [
                    "x-max-length": .integer(2), "x-dead-letter-exchange": .string(""),
                    "x-dead-letter-routing-key": .string(dead),
                ]
            )
            let answers = try await bench.publish((0..<4).map { .sample("\($0)", to: queue) })
            #expect(answers == Array(repeating: .confirmed, count: 4))
            let link = try await bench.link()
            try await link.consume(dead, tag: "dead")
            let dropped = try await link.deliveries(2)
            #expect(dropped.map(\.id) == ["0", "1"])
            #expect(dropped.allSatisfy { $0.deaths.first?["reason"]?.text == "maxlen" })
            try await link.consume(queue)
            #expect(try await link.deliveries(2).map(\.id) == ["2", "3"])
            await link.close()
        },
    ]
}
