import AMQP
import Simulation
import Testing

/// The rest of the tests run on one thread in virtual time; here the same code meets many threads and a real clock.
@Suite("On many threads")
struct RealThreadsTests {
    @Test("everything that is published through losses is consumed, and nothing is settled wrongly")
    func throughLosses() async throws {
        let total = 2000
        let broker = SimulatedBroker(clock: ContinuousClock())
        broker.declare(Scene.topology)
        let dice = SeededDice(seed: 1)
        let backoff = ReconnectBackoff(least: .milliseconds(1), most: .milliseconds(5))
        let publisher = AMQPPublisher(
            AMQPPublisherSettings(
                endpoints: [Scene.endpoint()],
                connectionName: "publisher",
                topology: Scene.topology,
                backoff: backoff
            ),
            transport: broker,
            clock: ContinuousClock(),
            random: dice.roll,
            logger: LogBook().logger
        )
        let consumer = AMQPConsumer(
            AMQPConsumerSettings(
                endpoints: [Scene.endpoint()],
                connectionName: "consumer",
                topology: Scene.topology,
                queues: [ConsumedQueue(.named("jobs"), prefetch: 50)],
                backoff: backoff
            ),
            transport: broker,
            clock: ContinuousClock(),
            random: dice.roll,
            logger: LogBook().logger
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await publisher.run() }
            group.addTask { try await consumer.run() }
            group.addTask {
                for await event in consumer.events {
                    if case .delivered(let delivery) = event { consumer.settle(delivery.id, .ack) }
                }
            }
            await withTaskGroup { senders in
                for number in 0..<total {
                    senders.addTask {
                        await publisher.expectConfirmed(.job("\(number)"))
                        if number % 100 == 0 { broker.dropConnections() }
                    }
                }
            }
            await broker.wait { broker in
                let acknowledged = broker.record.acknowledged
                return acknowledged.count >= total && Set(acknowledged.compactMap(\.messageID)).count == total
            }
            await publisher.shutDown()
            await consumer.shutDown()
            try await group.waitForAll()
        }
        #expect(broker.record.unknownTags == 0)
        #expect(broker.record.refusedSettlements == 0)
        #expect(publisher.status.counters.confirmed == total)
        #expect(broker.connectionCount == 0)
    }
}
