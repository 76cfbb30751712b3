import AMQP
import Simulation
import Testing

@Suite("Consumer")
struct AMQPConsumerTests {
    @Test("delivers, and settles what it is told", arguments: 0..<20)
    func settles(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            let consumer = scene.consumer()
            try await scene.running(consumer) {
                let active = try await consumer.nextActive()
                #expect(active.epoch == 1)
                #expect(active.queues == ["jobs"])
                #expect(consumer.status.phase == .active)
                for number in 0..<50 { scene.broker.publish(.job("\(number)")) }
                for number in 0..<50 {
                    let delivery = try await consumer.nextDelivery()
                    #expect(delivery.message.messageID == "\(number)")
                    #expect(delivery.queue == "jobs")
                    #expect(delivery.exchange == "results")
                    #expect(delivery.routingKey == "job.new")
                    #expect(!delivery.redelivered)
                    consumer.settle(delivery.id, .ack)
                }
            }
            #expect(scene.broker.record.acknowledged.map(\.messageID) == (0..<50).map { "\($0)" })
            #expect(scene.broker.record.unknownTags == 0)
            #expect(scene.broker.connectionCount == 0)
            #expect(consumer.status.counters.settled == 50)
            #expect(consumer.status.phase == .closed)
        }
    }

    @Test("holds no more deliveries than the prefetch, and asks for the next as it settles")
    func prefetch() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            let consumer = scene.consumer(queues: [ConsumedQueue(.named("jobs"), prefetch: 3)])
            try await scene.running(consumer) {
                _ = try await consumer.nextActive()
                for number in 0..<9 { scene.broker.publish(.job("\(number)")) }
                for _ in 0..<9 {
                    let delivery = try await consumer.nextDelivery()
                    #expect(scene.broker.unsettledCount(of: "jobs") <= 3)
                    consumer.settle(delivery.id, .ack)
                    await scene.broker.wait { $0.record.acknowledged.last == delivery.message }
                }
            }
        }
    }

    @Test("a rejected delivery comes back with its count")
    func rejects() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            let consumer = scene.consumer()
            try await scene.running(consumer) {
                _ = try await consumer.nextActive()
                scene.broker.publish(.job("a"))
                let first = try await consumer.nextDelivery()
                consumer.settle(first.id, .reject(requeue: true))
                let second = try await consumer.nextDelivery()
                #expect(second.redelivered)
                #expect(second.message.headers["x-delivery-count"]?.number == 1)
                consumer.settle(second.id, .reject(requeue: false))
                await scene.broker.wait { $0.unsettledCount(of: "jobs") == 0 && $0.ready(in: "jobs").isEmpty }
            }
        }
    }

    @Test("never settles a delivery of a lost connection on the next one", arguments: 0..<20)
    func epochs(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            let consumer = scene.consumer()
            try await scene.running(consumer) {
                _ = try await consumer.nextActive()
                scene.broker.publish(.job("a"))
                let first = try await consumer.nextDelivery()
                scene.broker.dropConnections()
                let lost = try await consumer.nextLost()
                #expect(lost.epoch == 1)
                #expect(lost.error.code == .connectionLost)
                consumer.settle(first.id, .ack)
                let active = try await consumer.nextActive()
                #expect(active.epoch == 2)
                consumer.settle(first.id, .ack)
                let second = try await consumer.nextDelivery()
                #expect(second.id == DeliveryID(epoch: 2, tag: 1))
                #expect(second.redelivered)
                #expect(scene.broker.record.acknowledged.isEmpty)
                #expect(consumer.status.counters.staleSettlements == 2)
                consumer.settle(second.id, .ack)
            }
            #expect(scene.broker.record.acknowledged.count == 1)
            #expect(scene.broker.record.refusedSettlements == 0)
        }
    }

    @Test("settling twice, or what was never delivered, costs nothing")
    func doubleSettlement() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            let consumer = scene.consumer()
            try await scene.running(consumer) {
                _ = try await consumer.nextActive()
                scene.broker.publish(.job("a"))
                let delivery = try await consumer.nextDelivery()
                consumer.settle(delivery.id, .ack)
                consumer.settle(delivery.id, .reject(requeue: true))
                consumer.settle(DeliveryID(epoch: 1, tag: 99), .ack)
            }
            #expect(scene.broker.record.acknowledged.count == 1)
            #expect(scene.broker.record.refusedSettlements == 2)
            #expect(scene.broker.record.unknownTags == 0)
            #expect(consumer.status.counters.connectionsLost == 0)
        }
    }

    @Test("consumes from several queues, a server-named one among them, on one connection")
    func severalQueues() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            let named = ConsumedQueue.Source.serverNamed(
                bindings: [ConsumedQueue.Subscription(exchange: "results", routingKey: "news.*")]
            )
            let consumer = scene.consumer(
                queues: [ConsumedQueue(named, prefetch: 5), ConsumedQueue(.named("other"), prefetch: 5)]
            )
            try await scene.running(consumer) {
                let active = try await consumer.nextActive()
                #expect(active.queues == ["amq.gen-1", "other"])
                scene.broker.publish(.job("n", routingKey: "news.today"))
                scene.broker.publish(.job("o", exchange: "", routingKey: "other"))
                let deliveries = [try await consumer.nextDelivery(), try await consumer.nextDelivery()]
                #expect(deliveries.map(\.queue) == ["amq.gen-1", "other"])
                scene.broker.dropConnections()
                #expect(try await consumer.nextActive().queues == ["amq.gen-2", "other"])
            }
            #expect(!scene.broker.hasQueue("amq.gen-1"))
            #expect(!scene.broker.hasQueue("amq.gen-2"))
        }
    }

    @Test("stops consuming for good, while what it has can still be settled", arguments: 0..<20)
    func stops(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            let consumer = scene.consumer()
            try await scene.running(consumer) {
                _ = try await consumer.nextActive()
                scene.broker.publish(.job("a"))
                let delivery = try await consumer.nextDelivery()
                await consumer.stopConsuming()
                #expect(consumer.status.phase == .stopping)
                scene.broker.publish(.job("b"))
                #expect(scene.broker.consumerCount(of: "jobs") == 0)
                #expect(scene.broker.connectionCount == 1)
                consumer.settle(delivery.id, .ack)
                await consumer.shutDown()
                #expect(scene.broker.record.acknowledged.count == 1)
                #expect(scene.broker.ready(in: "jobs").count == 1)
            }
            #expect(scene.broker.record.attempts.count == 1)
        }
    }

    @Test("does not come back when the connection is lost after it has stopped", arguments: 0..<20)
    func lostAfterStop(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            let consumer = scene.consumer()
            try await scene.running(consumer) {
                _ = try await consumer.nextActive()
                scene.broker.publish(.job("a"))
                _ = try await consumer.nextDelivery()
                await consumer.stopConsuming()
                await consumer.stopConsuming()
                scene.broker.dropConnections()
                try await clock.sleep(for: .seconds(600))
                #expect(scene.broker.consumerCount(of: "jobs") == 0)
                #expect(scene.broker.ready(in: "jobs").count == 1)
            }
            #expect(scene.broker.record.attempts.count == 1)
        }
    }

    @Test("what is settled after the stop, in whatever order, goes out as one frame", arguments: 0..<20)
    func settlesTogether(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            let consumer = scene.consumer(queues: [ConsumedQueue(.named("jobs"), prefetch: 100)])
            try await scene.running(consumer) {
                _ = try await consumer.nextActive()
                for number in 0..<100 { scene.broker.publish(.job("\(number)")) }
                var deliveries: [Delivery] = []
                for _ in 0..<100 { deliveries.append(try await consumer.nextDelivery()) }
                await consumer.stopConsuming()
                for delivery in deliveries.filter({ $0.id.tag % 2 == 0 }) { consumer.settle(delivery.id, .ack) }
                try await clock.sleep(for: .seconds(1))
                for delivery in deliveries.filter({ $0.id.tag % 2 == 1 }) { consumer.settle(delivery.id, .ack) }
                await consumer.shutDown()
            }
            #expect(scene.broker.record.acknowledged.count == 100)
            #expect(scene.broker.record.settlementFrames == 1)
        }
    }

    @Test("says that it has stopped after the last delivery, once", arguments: 0..<50)
    func saysStopped(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            let consumer = scene.consumer(queues: [
                ConsumedQueue(.named("jobs"), prefetch: 100), ConsumedQueue(.named("other"), prefetch: 100),
            ])
            try await scene.running(consumer) {
                _ = try await consumer.nextActive()
                await withTaskGroup { group in
                    group.addTask { await consumer.stopConsuming() }
                    group.addTask { await consumer.stopConsuming() }
                    for number in 0..<20 {
                        scene.broker.publish(.job("\(number)"))
                        scene.broker.publish(.job("\(number)", exchange: "", routingKey: "other"))
                        await Task.yield()
                    }
                }
                let held = scene.broker.unsettledCount(of: "jobs") + scene.broker.unsettledCount(of: "other")
                #expect(held + scene.broker.ready(in: "jobs").count + scene.broker.ready(in: "other").count == 40)
                if seed % 2 == 0 { scene.broker.dropConnections() }
                await consumer.shutDown()
                var delivered = 0
                var stops = 0
                for await event in consumer.events {
                    switch event {
                    case .delivered:
                        #expect(stops == 0)
                        delivered += 1
                    case .stopped: stops += 1
                    case .lost: break
                    case .active: Issue.record("it was active before")
                    }
                }
                #expect(delivered == held)
                #expect(stops == 1)
            }
            #expect(consumer.status.counters.consumersCancelled == 0)
        }
    }

    @Test("says so at once without a connection")
    func stoppedWithoutConnection() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            scene.broker.goDown()
            let consumer = scene.consumer()
            try await scene.running(consumer) {
                try await clock.sleep(for: .seconds(60))
                await consumer.stopConsuming()
                guard case .stopped = await consumer.next({ $0 }) else {
                    Issue.record("another event came first")
                    return
                }
                scene.broker.comeBack()
                try await clock.sleep(for: .seconds(60))
                #expect(scene.broker.consumerCount(of: "jobs") == 0)
            }
        }
    }
}
