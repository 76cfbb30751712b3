import AMQP
import Testing

extension BrokerConformance {
    static let routing = [
        BrokerCase("the nameless exchange routes by the queue's name") { bench in
            let queue = try await bench.queue("named")
            #expect(try await bench.publish([.sample("a", to: queue)]) == [.confirmed])
            #expect(try await bench.publish([.sample("b", to: queue + ".other")]) == [.returned(312)])
            #expect(try await bench.drain(queue) == ["a"])
        },
        BrokerCase("a topic exchange matches word by word") { bench in
            let exchange = try await bench.exchange("topics", "topic")
            let patterns = ["a.b", "a.*", "a.#", "#", "#.z", "*.#.z", "#.b.#", "*"]
            let keys = ["a.b", "a", "a.b.c", "z", "x.y.z", "x.z", "", "a.c.b.d", "A.b"]
            for pattern in patterns {
                let queue = try await bench.queue("topic-\(pattern)")
                try await bench.bind(queue, to: exchange, by: pattern)
            }
            try await bench.publish(keys.map { .sample("<\($0)>", exchange: exchange, to: $0) })
            let expected = [
                "a.b": ["<a.b>"], "a.*": ["<a.b>"], "a.#": ["<a.b>", "<a>", "<a.b.c>", "<a.c.b.d>"],
                "#": keys.map { "<\($0)>" }, "#.z": ["<z>", "<x.y.z>", "<x.z>"], "*.#.z": ["<x.y.z>", "<x.z>"],
                "#.b.#": ["<a.b>", "<a.b.c>", "<a.c.b.d>", "<A.b>"], "*": ["<a>", "<z>"],
            ]
            for pattern in patterns {
                let heard = try await bench.drain(bench.name("topic-\(pattern)"))
                #expect(heard == expected[pattern], "\(pattern)")
            }
        },
        BrokerCase("a direct exchange compares keys, a fanout exchange does not") { bench in
            let direct = try await bench.exchange("direct", "direct")
            let fanout = try await bench.exchange("fanout", "fanout")
            let (one, other) = (try await bench.queue("one"), try await bench.queue("other"))
            try await bench.bind(one, to: direct, by: "k")
            try await bench.bind(other, to: direct, by: "*")
            for queue in [one, other] { try await bench.bind(queue, to: fanout, by: "ignored") }
            let answers = try await bench.publish([
                .sample("a", exchange: direct, to: "k"), .sample("b", exchange: direct, to: "x"),
                .sample("c", exchange: fanout, to: "whatever"),
            ])
            #expect(answers == [.confirmed, .returned(312), .confirmed])
            #expect(try await bench.drain(one) == ["a", "c"])
            #expect(try await bench.drain(other) == ["c"])
        },
        BrokerCase("a queue that is bound twice gets a message once") { bench in
            let exchange = try await bench.exchange("double", "topic")
            let queue = try await bench.queue("double")
            for pattern in ["a.b", "a.b", "a.*"] { try await bench.bind(queue, to: exchange, by: pattern) }
            try await bench.publish([.sample("once", exchange: exchange, to: "a.b")])
            #expect(try await bench.drain(queue) == ["once"])
        },
        BrokerCase("what no binding wants goes to the alternate exchange, and comes back when that has no queue either")
        {
            bench in
            let alternate = try await bench.exchange("alternate", "fanout")
            let exchange = try await bench.exchange(
                "with-alternate",
                "topic",
                ["alternate-exchange": .string(alternate)]
            )
            let (wanted, unrouted) = (try await bench.queue("wanted"), try await bench.queue("unrouted"))
            try await bench.bind(wanted, to: exchange, by: "wanted")
            func publish(_ id: String, _ key: String) async throws -> [BenchLink.Answer] {
                try await bench.publish([.sample(id, exchange: exchange, to: key)])
            }
            #expect(try await publish("before", "unwanted") == [.returned(312)])
            try await bench.bind(unrouted, to: alternate, by: "")
            #expect(try await publish("a", "wanted") == [.confirmed])
            #expect(try await publish("b", "unwanted") == [.confirmed])
            #expect(try await bench.drain(wanted) == ["a"])
            #expect(try await bench.drain(unrouted) == ["b"])
            try await bench.administration.delete(queue: unrouted)
            #expect(try await publish("c", "unwanted") == [.returned(312)])
        },
        BrokerCase("an alternate exchange that is not there drops, and says so to who asks") { bench in
            let exchange = try await bench.exchange(
                "without-alternate",
                "topic",
                ["alternate-exchange": .string(bench.name("no-such-exchange"))]
            )
            #expect(try await bench.publish([.sample("a", exchange: exchange, to: "k")]) == [.returned(312)])
        },
    ]
}

extension BrokerBench {
    func exchange(_ name: String, _ type: String, _ arguments: AMQPTable = [:]) async throws -> String {
        let exchange = ExchangeDeclaration(name: self.name(name), type: type, arguments: arguments)
        let link = try await link("declaring")
        try await link.connection.declare(exchange, passive: false)
        await link.close()
        return exchange.name
    }

    func bind(_ queue: String, to exchange: String, by routingKey: String) async throws {
        let link = try await link("binding")
        try await link.connection.bind(queue: queue, exchange: exchange, routingKey: routingKey)
        await link.close()
    }
}
