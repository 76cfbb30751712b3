import AMQP
import BrokerConformance
import Simulation
import Testing

@Suite("the simulated broker")
struct SimulatedBrokerConformanceTests {
    @Test("does what the real one does, in any order of events", arguments: BrokerConformance.cases)
    func conforms(_ demand: BrokerCase) async throws {
        for seed in 0..<5 as Range<UInt64> {
            try await VirtualTime.run(seed: seed) { clock in
                let broker = SimulatedBroker(clock: clock)
                broker.setPassword("guest", of: "guest")
                let bench = BrokerBench(
                    transport: broker,
                    endpoint: AMQPEndpoint(
                        host: "node",
                        port: 5672,
                        virtualHost: "/",
                        user: "guest",
                        password: { "guest" },
                        tls: nil,
                        settings: ConnectionSettings()
                    ),
                    clock: clock,
                    administration: SimulatedAdministration(broker: broker)
                )
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await broker.runTimers() }
                    try await demand.run(bench)
                    group.cancelAll()
                }
            }
        }
    }
}

private struct SimulatedAdministration: BrokerAdministration {
    let broker: SimulatedBroker

    func delete(queue: String) { broker.delete(queue: queue) }

    func closeConnection(named name: String) {
        let error = AMQPError(.connectionClosed, "CONNECTION_FORCED - closed by the test", replyCode: 320)
        broker.dropConnections(named: name, error)
    }

    func cutConnection(named name: String) { broker.dropConnections(named: name) }
    func raiseMemoryAlarm() { broker.block() }
    func clearMemoryAlarm() { broker.unblock() }
}
