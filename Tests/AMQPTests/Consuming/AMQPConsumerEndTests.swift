import AMQP
import Simulation
import Testing

@Suite("Consumer, ended at any time")
struct AMQPConsumerEndTests {
    /// Something that the consumer is in the middle of.
    enum Moment: CaseIterable {
        case beforeRun, connecting, waitingForTheNextTry, preparing, active, cancelledByBroker, stopped, lostAndStopped

        func arrange(_ scene: Scene) {
            switch self {
            case .connecting: scene.broker.stopAnswering()
            case .waitingForTheNextTry: scene.broker.goDown()
            case .beforeRun, .preparing, .active, .cancelledByBroker, .stopped, .lostAndStopped: break
            }
        }

        func reach(_ scene: Scene, _ consumer: AMQPConsumer) async throws {
            switch self {
            case .beforeRun: break
            case .connecting: try await scene.clock.sleep(for: .seconds(3))
            case .waitingForTheNextTry: try await scene.clock.sleep(for: .seconds(100))
            case .preparing: await scene.broker.wait { $0.connectionCount == 1 }
            case .active: _ = try await consumer.nextActive()
            case .cancelledByBroker:
                _ = try await consumer.nextActive()
                scene.broker.cancelConsumers(of: "jobs")
                try await scene.clock.sleep(for: .milliseconds(100))
            case .stopped:
                _ = try await consumer.nextActive()
                await consumer.stopConsuming()
            case .lostAndStopped:
                _ = try await consumer.nextActive()
                await consumer.stopConsuming()
                scene.broker.dropConnections()
                try await scene.clock.sleep(for: .seconds(100))
            }
        }
    }

    @Test("shuts down at any moment, soon and in order", arguments: Moment.allCases, 0..<10 as Range<UInt64>)
    func shutDown(moment: Moment, seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            moment.arrange(scene)
            let consumer = scene.consumer()
            if moment == .beforeRun { await consumer.shutDown() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await consumer.run() }
                try await moment.reach(scene, consumer)
                let begun = clock.elapsed
                await consumer.shutDown()
                #expect(clock.elapsed - begun <= .seconds(1))
                try await group.waitForAll()
                #expect(clock.elapsed - begun <= .seconds(1))
            }
            #expect(consumer.status.phase == .closed)
            #expect(scene.broker.connectionCount == 0)
            for await _ in consumer.events {}
        }
    }

    @Test("returns when it is cancelled at any moment", arguments: Moment.allCases, 0..<10 as Range<UInt64>)
    func cancel(moment: Moment, seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            moment.arrange(scene)
            let consumer = scene.consumer()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await consumer.run() }
                if moment == .beforeRun { group.cancelAll() }
                try await moment.reach(scene, consumer)
                let begun = clock.elapsed
                group.cancelAll()
                try await group.waitForAll()
                #expect(clock.elapsed - begun <= .seconds(1))
            }
            #expect(consumer.status.phase == .closed)
            #expect(scene.broker.connectionCount == 0)
            await consumer.stopConsuming()
            await consumer.shutDown()
        }
    }

    @Test("sends the last settlements before it closes", arguments: 0..<10)
    func lastSettlements(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            let consumer = scene.consumer()
            try await scene.running(consumer) {
                _ = try await consumer.nextActive()
                for number in 0..<10 { scene.broker.publish(.job("\(number)")) }
                var deliveries: [Delivery] = []
                for _ in 0..<10 { deliveries.append(try await consumer.nextDelivery()) }
                for delivery in deliveries { consumer.settle(delivery.id, .ack) }
            }
            #expect(scene.broker.record.acknowledged.count == 10)
            // All at once: one frame, or two when the task came between.
            #expect(scene.broker.record.settlementFrames <= 2)
        }
    }

    @Test("does not wait for ever for a broker that stops answering while it shuts down")
    func unresponsiveAtTheEnd() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            let consumer = scene.consumer()
            try await scene.running(consumer) {
                _ = try await consumer.nextActive()
                scene.broker.publish(.job("a"))
                let delivery = try await consumer.nextDelivery()
                scene.broker.stopAnswering()
                consumer.settle(delivery.id, .ack)
                let begun = clock.elapsed
                await consumer.shutDown()
                #expect(clock.elapsed - begun <= .seconds(20))
            }
            #expect(consumer.status.phase == .closed)
        }
    }

    @Test("is run once")
    func runsOnce() async {
        await #expect(processExitsWith: .failure) {
            try await VirtualTime.run { clock in
                let consumer = Scene(clock: clock).consumer()
                await consumer.shutDown()
                try await consumer.run()
                try await consumer.run()
            }
        }
    }
}
