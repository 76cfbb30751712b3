import AMQP
import BrokerConformance
import BrokerSupport
import RabbitMQTransport
import Synchronization
import Testing

/// Serialized: one of the cases sets off an alarm.
@Suite("RabbitMQ", .serialized)
struct ConformanceTests {
    private static let start = Task { try await PrivateBroker.start() }
    private static let number = Atomic<Int>(0)

    @Test(
        "does what is demanded of every broker behind the port",
        .timeLimit(.minutes(3)),
        arguments: BrokerConformance.cases
    )
    func conforms(_ demand: BrokerCase) async throws {
        let broker = try await Self.start.value
        let bench = BrokerBench(
            transport: transport,
            endpoint: .plain(port: broker.port),
            clock: ContinuousClock(),
            administration: RealAdministration(broker: broker),
            prefix: "case-\(Self.number.add(1, ordering: .relaxed).newValue)."
        )
        try await demand.run(bench)
    }
}

private struct RealAdministration: BrokerAdministration {
    let broker: PrivateBroker

    func delete(queue: String) async throws { try await broker.deleteQueue(queue) }
    func closeConnection(named name: String) async throws { try await broker.closeConnection(named: name) }
    func cutConnection(named name: String) async throws { try await broker.cutConnection(named: name) }
    func raiseMemoryAlarm() async throws { try await broker.raiseMemoryAlarm() }
    func clearMemoryAlarm() async throws { try await broker.clearMemoryAlarm() }
}
