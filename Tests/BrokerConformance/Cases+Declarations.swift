import AMQP
import Testing

extension BrokerConformance {
    static let declarations = [
        BrokerCase("what stands is declared again without change; other settings are refused with 406") { bench in
            let link = try await bench.link()
            let queue = QueueDeclaration(name: bench.name("twice"), arguments: ["x-max-length": .integer(5)])
            let exchange = ExchangeDeclaration(name: bench.name("twice"), type: "topic")
            for _ in 1...2 {
                #expect(try await link.connection.declare(queue, passive: false) == queue.name)
                try await link.connection.declare(exchange, passive: false)
            }
            await link.close()
            var other = queue
            other.arguments = ["x-max-length": .integer(6)]
            try await bench.expectRefusal(406) { [other] in _ = try await $0.declare(other, passive: false) }
            other.arguments = [:]
            try await bench.expectRefusal(406) { [other] in _ = try await $0.declare(other, passive: false) }
            other = queue
            other.durable = false
            try await bench.expectRefusal(406) { [other] in _ = try await $0.declare(other, passive: false) }
            var direct = exchange
            direct.type = "direct"
            try await bench.expectRefusal(406) { [direct] in try await $0.declare(direct, passive: false) }
        },
        BrokerCase("looking is enough to find what is there, whatever its settings") { bench in
            let queue = try await bench.quorumQueue("seen", ["x-delivery-limit": .integer(3)])
            let exchange = ExchangeDeclaration(name: bench.name("seen"), type: "topic")
            let link = try await bench.link()
            try await link.connection.declare(exchange, passive: false)
            #expect(try await link.connection.declare(QueueDeclaration(name: queue), passive: true) == queue)
            try await link.connection.declare(ExchangeDeclaration(name: exchange.name, type: "fanout"), passive: true)
            await link.close()
        },
        BrokerCase("what is not there is refused with 404: to look at, to bind, to consume from") { bench in
            let none = bench.name("none")
            let queue = try await bench.queue("bound")
            try await bench.expectRefusal(404) { _ = try await $0.declare(QueueDeclaration(name: none), passive: true) }
            try await bench.expectRefusal(404) {
                try await $0.declare(ExchangeDeclaration(name: none, type: "topic"), passive: true)
            }
            try await bench.expectRefusal(404) {
                try await $0.bind(queue: queue, exchange: none, routingKey: "k")
            }
            try await bench.expectRefusal(404) {
                try await $0.bind(queue: none, exchange: "amq.topic", routingKey: "k")
            }
            try await bench.expectRefusal(404) {
                try await $0.consume(queue: none, consumerTag: "c", prefetch: 1, exclusive: false)
            }
        },
        BrokerCase("a queue without a name gets one; exclusive, it is closed to others and gone with its connection") {
            bench in
            let link = try await bench.link()
            let declaration = QueueDeclaration(name: "", durable: false, exclusive: true, autoDelete: true)
            let first = try await link.connection.declare(declaration, passive: false)
            let second = try await link.connection.declare(declaration, passive: false)
            #expect(first.hasPrefix("amq.gen-"))
            #expect(first != second)
            let looking = QueueDeclaration(name: first, durable: false, exclusive: true, autoDelete: true)
            try await bench.expectRefusal(405) { _ = try await $0.declare(looking, passive: true) }
            try await bench.expectRefusal(405) {
                try await $0.consume(queue: first, consumerTag: "c", prefetch: 1, exclusive: false)
            }
            #expect(try await link.connection.declare(looking, passive: true) == first)
            await link.close()
            try await bench.expectRefusal(404) { _ = try await $0.declare(looking, passive: true) }
        },
        BrokerCase("a queue that deletes itself is gone with its last consumer") { bench in
            let link = try await bench.link()
            let declaration = QueueDeclaration(name: bench.name("passing"), durable: false, autoDelete: true)
            let queue = try await link.connection.declare(declaration, passive: false)
            try await link.consume(queue, tag: "one")
            try await link.consume(queue, tag: "two")
            try await link.connection.cancelConsumer(tag: "one")
            #expect(try await link.connection.declare(declaration, passive: true) == queue)
            try await link.connection.cancelConsumer(tag: "two")
            try await bench.expectRefusal(404) { _ = try await $0.declare(declaration, passive: true) }
            await link.close()
        },
        BrokerCase("a classic queue with an exclusive consumer takes no other, nor an exclusive one beside another") {
            bench in
            let queue = try await bench.queue("own")
            let link = try await bench.link()
            try await link.connection.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: true)
            for exclusive in [false, true] {
                try await bench.expectRefusal(403) {
                    try await $0.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: exclusive)
                }
            }
            try await link.connection.cancelConsumer(tag: "c")
            try await link.consume(queue)
            try await bench.expectRefusal(403) {
                try await $0.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: true)
            }
            await link.close()
        },
        BrokerCase("a quorum queue takes an exclusive consumer for any other") { bench in
            let queue = try await bench.quorumQueue("common")
            let (first, second) = (try await bench.link("first"), try await bench.link("second"))
            try await first.connection.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: true)
            try await second.connection.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: true)
            try await bench.publish([.sample("a", to: queue), .sample("b", to: queue)])
            let ids = [try await first.delivery().id, try await second.delivery().id]
            #expect(ids.sorted() == ["a", "b"])
            await first.close()
            await second.close()
        },
    ]
}
