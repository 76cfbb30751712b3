import AMQP
import Simulation
import Testing

@Suite("Consumer, when things break")
struct AMQPConsumerRecoveryTests {
    @Test("waits for a broker that is away at the start, at decent intervals", arguments: 0..<10)
    func awayAtStart(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            scene.broker.goDown()
            let consumer = scene.consumer()
            try await scene.running(consumer) {
                try await clock.sleep(for: .seconds(3600))
                #expect(consumer.status.phase == .connecting)
                #expect(consumer.status.lastError?.code == .unreachable)
                scene.broker.comeBack()
                _ = try await consumer.nextActive()
            }
            let attempts = scene.broker.record.attempts
            for (earlier, later) in zip(attempts, attempts.dropFirst()) {
                #expect(later.at - earlier.at >= .milliseconds(500))
                #expect(later.at - earlier.at <= .seconds(30))
            }
            // Half an hour of waits averages about 15 s: neither asleep nor hot.
            #expect((120...600).contains(attempts.count))
        }
    }

    @Test("goes on to the next node", arguments: 0..<10)
    func nodes(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            scene.broker.takeDown(node: "node-1:5672")
            scene.broker.takeDown(node: "node-2:5672")
            let consumer = scene.consumer(endpoints: ["node-1", "node-2", "node-3"].map { Scene.endpoint($0) })
            try await scene.running(consumer) {
                _ = try await consumer.nextActive()
                #expect(consumer.status.node == "amqp://guest@node-3:5672")
                scene.broker.comeBack()
                scene.broker.takeDown(node: "node-3:5672")
                _ = try await consumer.nextActive()
                #expect(consumer.status.node == "amqp://guest@node-1:5672")
            }
        }
    }

    @Test("is back after hundreds of losses, and loses and repeats nothing", arguments: 0..<10)
    func hundredsOfLosses(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            let consumer = scene.consumer(queues: [
                ConsumedQueue(.named("jobs"), prefetch: 7), ConsumedQueue(.named("other"), prefetch: 3),
            ])
            let total = 600
            scene.broker.declare(Scene.topology)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await consumer.run() }
                group.addTask {
                    for number in 0..<total {
                        scene.broker.publish(
                            number % 3 == 0
                                ? .job("\(number)", exchange: "", routingKey: "other") : .job("\(number)")
                        )
                        try await clock.sleep(for: .milliseconds(Int(scene.dice.roll() * 20_000)))
                    }
                }
                group.addTask {
                    for _ in 0..<300 {
                        try await clock.sleep(for: .milliseconds(Int(scene.dice.roll() * 40_000)))
                        switch scene.dice.roll() {
                        case ..<0.7: scene.broker.dropConnections()
                        case ..<0.9: scene.broker.cancelConsumers(of: "jobs")
                        default:
                            scene.broker.goDown()
                            try await clock.sleep(for: .seconds(20))
                            scene.broker.comeBack()
                        }
                    }
                }
                group.addTask {
                    var present: UInt64 = 0
                    for await event in consumer.events {
                        switch event {
                        case .active(let epoch, _):
                            #expect(epoch >= present)
                            present = epoch
                        case .lost(let epoch, _): #expect(epoch == present)
                        case .delivered(let delivery):
                            #expect(delivery.id.epoch == present)
                            if scene.dice.roll() < 0.3 { try await clock.sleep(for: .seconds(10)) }
                            consumer.settle(delivery.id, .ack)
                        case .stopped: Issue.record("nobody stopped it")
                        }
                    }
                }
                await scene.broker.wait { $0.record.acknowledged.count == total }
                await consumer.shutDown()
                try await group.waitForAll()
            }
            let acknowledged = Set(scene.broker.record.acknowledged.compactMap(\.messageID))
            #expect(acknowledged.count == total)
            #expect(scene.broker.record.unknownTags == 0)
            #expect(scene.broker.record.refusedSettlements == 0)
            #expect(consumer.status.counters.connections > 100)
            #expect(scene.broker.connectionCount == 0)
        }
    }

    @Test("a consumer that the broker cancelled is back on the same connection, its neighbours undisturbed")
    func serverCancel() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            let consumer = scene.consumer(queues: [
                ConsumedQueue(.named("jobs"), prefetch: 5), ConsumedQueue(.named("other"), prefetch: 5),
            ])
            try await scene.running(consumer) {
                _ = try await consumer.nextActive()
                scene.broker.publish(.job("o", exchange: "", routingKey: "other"))
                let neighbour = try await consumer.nextDelivery()
                scene.broker.delete(queue: "jobs")
                let active = try await consumer.nextActive()
                #expect(active.epoch == 1)
                #expect(active.queues == ["jobs", "other"])
                scene.broker.publish(.job("a"))
                let delivery = try await consumer.nextDelivery()
                #expect(delivery.queue == "jobs")
                consumer.settle(neighbour.id, .ack)
                consumer.settle(delivery.id, .ack)
            }
            #expect(scene.broker.record.acknowledged.map(\.messageID) == ["o", "a"])
            #expect(consumer.status.counters.consumersCancelled == 1)
        }
    }

    @Test("a queue that stays away is asked for at decent intervals, and is consumed when it is back")
    func queueStaysAway() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            scene.broker.declare(Scene.topology)
            var topology = Scene.topology
            topology.mode = .verify
            let consumer = scene.consumer(topology: topology)
            try await scene.running(consumer) {
                _ = try await consumer.nextActive()
                scene.broker.delete(queue: "jobs")
                try await clock.sleep(for: .seconds(1800))
                #expect(consumer.status.phase == .connecting)
                #expect((60...400).contains(scene.broker.record.attempts.count))
                #expect(scene.log.errors.contains { $0.contains("queue 'jobs'") && $0.contains("declare") })
                scene.broker.declare(Scene.topology)
                _ = try await consumer.nextActive()
            }
        }
    }

    @Test(
        "before the first connection, what a person must mend ends it",
        arguments: [
            AMQPError(.loginRefused, "ACCESS_REFUSED"), AMQPError(.tls, "certificate expired"),
            AMQPError(.invalid, "the password file cannot be read"),
        ]
    )
    func fatalAtFirst(error: AMQPError) async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            let consumer = scene.consumer()
            scene.broker.refuseConnections([AMQPError(.unreachable, "not yet"), error])
            await #expect(throws: error) { try await consumer.run() }
            #expect(consumer.status.phase == .closed)
            // The events have ended.
            for await _ in consumer.events { Issue.record("nothing was consumed") }
            await consumer.stopConsuming()
            await consumer.shutDown()
        }
    }

    @Test("the same errors are waited out once it has been active")
    func transientLater() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            let consumer = scene.consumer()
            try await scene.running(consumer) {
                _ = try await consumer.nextActive()
                let login = AMQPError(.loginRefused, "ACCESS_REFUSED")
                scene.broker.refuseConnections([login, AMQPError(.tls, "certificate expired"), login])
                scene.broker.dropConnections()
                #expect(try await consumer.nextActive().epoch == 2)
            }
            #expect(scene.log.errors.count == 3)
            #expect(consumer.status.counters.connectFailures == 3)
        }
    }

    @Test("one node's bad certificate does not end it while another node is good", arguments: 0..<5)
    func oneBadCertificate(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            scene.broker.refuseConnections([AMQPError(.tls, "certificate expired")])
            let consumer = scene.consumer(endpoints: [Scene.endpoint("node-1"), Scene.endpoint("node-2")])
            try await scene.running(consumer) { _ = try await consumer.nextActive() }
        }
    }

    @Test("a topology that does not match ends it with a sentence that names the queue", arguments: [406, 404])
    func topologyMismatch(code: UInt16) async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            var topology = Scene.topology
            if code == 406 {
                scene.broker.declare(Topology(mode: .declare, queues: [QueueDeclaration(name: "jobs")]))
            } else {
                scene.broker.declare(Topology(mode: .declare, exchanges: [Scene.results]))
                topology.mode = .verify
            }
            let consumer = scene.consumer(topology: topology)
            let error = try #require(await #expect(throws: AMQPError.self) { try await consumer.run() })
            #expect(error.code == .channelClosed)
            #expect(error.replyCode == code)
            #expect(error.message.contains("the queue 'jobs'"))
            #expect(scene.broker.record.attempts.count == 1)
            #expect(scene.broker.connectionCount == 0)
        }
    }
}
