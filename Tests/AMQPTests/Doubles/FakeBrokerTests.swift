import AMQP
import Simulation
import Testing

@Suite("Fake broker")
struct FakeBrokerTests {
    private func first<Value>(
        _ connection: any AMQPConnection,
        _ matters: (AMQPEvent) -> Value?
    ) async throws -> Value {
        for await event in connection.events {
            if let value = matters(event) { return value }
        }
        throw CancellationError()
    }

    @Test(
        "matches topics as RabbitMQ does",
        arguments: [
            ("a.b", "a.b", true), ("a.b", "a.c", false), ("a.*", "a.b", true), ("a.*", "a", false),
            ("a.*", "a.b.c", false), ("a.#", "a", true), ("a.#", "a.b.c", true), ("#", "", true), ("#", "x.y", true),
            ("#.z", "x.y.z", true), ("#.z", "z", true), ("*.#.z", "z", false), ("#.b.#", "a.b.c.b", true),
            ("a.#.#", "a", true), ("*", "", false), ("a", "A", false),
        ]
    )
    func topics(pattern: String, routingKey: String, matches: Bool) {
        let broker = SimulatedBroker()
        broker.declare(
            Topology(
                mode: .declare,
                exchanges: [ExchangeDeclaration(name: "t", type: "topic")],
                queues: [QueueDeclaration(name: "q")],
                bindings: [Binding(queue: "q", exchange: "t", routingKey: pattern)]
            )
        )
        #expect(broker.publish(.job("a", exchange: "t", routingKey: routingKey)) == matches)
    }

    @Test("what no binding wants goes to the alternate exchange")
    func alternate() {
        let broker = SimulatedBroker()
        broker.declare(
            Topology(
                mode: .declare,
                exchanges: [
                    ExchangeDeclaration(name: "t", type: "topic", arguments: ["alternate-exchange": .string("f")]),
                    ExchangeDeclaration(name: "f", type: "fanout"),
                ],
                queues: [QueueDeclaration(name: "q")],
                bindings: [Binding(queue: "q", exchange: "f", routingKey: "")]
            )
        )
        #expect(broker.publish(.job("a", exchange: "t")))
        #expect(broker.ready(in: "q").count == 1)
    }

    @Test("dead-letters what is rejected, what expires and what came back too often")
    func deadLetters() async throws {
        try await VirtualTime.run { clock in
            let broker = SimulatedBroker(clock: clock)
            let deadLetters: AMQPTable = [
                "x-queue-type": .string("quorum"), "x-dead-letter-exchange": .string(""),
                "x-dead-letter-routing-key": .string("dead"), "x-message-ttl": .integer(10_000),
                "x-delivery-limit": .integer(2),
            ]
            broker.declare(
                Topology(
                    mode: .declare,
                    queues: [QueueDeclaration(name: "q", arguments: deadLetters), QueueDeclaration(name: "dead")]
                )
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await broker.runTimers() }
                broker.publish(.job("expired", exchange: "", routingKey: "q"))
                try await clock.sleep(for: .seconds(9))
                #expect(broker.ready(in: "dead").isEmpty)
                try await clock.sleep(for: .seconds(2))
                #expect(broker.drain("dead").map { $0.headers["x-first-death-reason"]?.text } == ["expired"])

                broker.publish(.job("rejected", exchange: "", routingKey: "q"))
                let connection = try await broker.connect(to: Scene.endpoint(), name: "test")
                try await connection.consume(queue: "q", consumerTag: "c", prefetch: 1, exclusive: false)
                try await connection.settle([.reject(tag: 1, requeue: false)])
                #expect(broker.drain("dead").map { $0.headers["x-first-death-reason"]?.text } == ["rejected"])

                broker.publish(.job("returned", exchange: "", routingKey: "q"))
                for tag in 2...4 as ClosedRange<UInt64> {
                    try await connection.settle([.reject(tag: tag, requeue: true)])
                }
                #expect(broker.drain("dead").map { $0.headers["x-first-death-reason"]?.text } == ["delivery_limit"])
                group.cancelAll()
            }
        }
    }

    @Test("what comes back keeps its place and counts its deliveries")
    func redelivery() async throws {
        let broker = SimulatedBroker()
        broker.declare(Scene.topology)
        for id in ["a", "b", "c"] { broker.publish(.job(id)) }
        let first = try await broker.connect(to: Scene.endpoint(), name: "first")
        try await first.consume(queue: "jobs", consumerTag: "c", prefetch: 2, exclusive: false)
        await first.close()
        #expect(broker.ready(in: "jobs").map(\.messageID) == ["a", "b", "c"])
        let second = try await broker.connect(to: Scene.endpoint(), name: "second")
        try await second.consume(queue: "jobs", consumerTag: "c", prefetch: 1, exclusive: false)
        let delivery = try await self.first(second) { event in
            if case .delivered(let delivery) = event { delivery } else { nil }
        }
        #expect(delivery.redelivered)
        #expect(delivery.message.messageID == "a")
        #expect(delivery.message.headers["x-delivery-count"]?.number == 1)
    }

    @Test("a return comes before its confirm")
    func returns() async throws {
        let broker = SimulatedBroker()
        broker.declare(Scene.topology)
        let connection = try await broker.connect(to: Scene.endpoint(), name: "test")
        try await connection.selectConfirms()
        try await connection.publish([.job("a", routingKey: "nobody")])
        var kinds: [String] = []
        _ = try await first(connection) { event -> Bool? in
            switch event {
            case .returned: kinds.append("returned")
            case .confirmed(let tag, _):
                kinds.append("confirmed \(tag)")
                return true
            case .rejected, .delivered, .consumerCancelled, .blocked, .unblocked, .closed: kinds.append("other")
            }
            return nil
        }
        #expect(kinds == ["returned", "confirmed 1"])
    }

    @Test("a wait for ever is found out")
    func stalls() async throws {
        await #expect(throws: VirtualTime.Stalled.self) {
            try await VirtualTime.run { clock in
                try await clock.sleep(for: .seconds(7))
                await SimulatedBroker(clock: clock).wait { _ in false }
            }
        }
    }

    @Test("the same seed gives the same run", arguments: 0..<5)
    func deterministic(seed: UInt64) async throws {
        let runs = try await [Self.order(seed), Self.order(seed)]
        #expect(runs[0] == runs[1])
    }

    private static func order(_ seed: UInt64) async throws -> [String?] {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            let publisher = scene.publisher()
            return try await scene.running(publisher) {
                await withTaskGroup { group in
                    for number in 0..<50 { group.addTask { await publisher.expectConfirmed(.job("\(number)")) } }
                }
                return scene.broker.record.accepted.map(\.message.messageID)
            }
        }
    }
}
