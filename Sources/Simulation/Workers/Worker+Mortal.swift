package import AMQP
package import AzureAI
package import CopyDomain
package import CopyJournal
package import CopyRuntime
package import Logging

extension Worker {
    /// What every worker's endpoint names.
    static let brokerPassword = "the-broker-password"

    /// A worker on a broker in virtual time, which can die.
    ///
    /// - Parameters:
    ///   - mode: what the worker does about queues and exchanges.
    ///   - now: wall time.
    ///   - logger: `nil`: nobody reads what it says.
    package static func mortal(
        _ name: String,
        life: Life,
        settings: WorkerSettings,
        catalogue: ResourceCatalogue,
        journal: any Journal,
        azure: any AzureCalling,
        statusCalls: @escaping @Sendable (ResourceName) -> Double? = { _ in nil },
        broker: SimulatedBroker,
        mode: Topology.Mode = .off,
        clock: SimulatedClock,
        now: @escaping @Sendable () -> Timestamp,
        random: @escaping @Sendable () -> Double,
        logger: Logger? = nil
    ) -> Worker {
        let endpoint = AMQPEndpoint(
            host: "node",
            port: 5672,
            virtualHost: "/",
            user: "guest",
            password: { brokerPassword },
            tls: nil,
            settings: ConnectionSettings()
        )
        let topology = settings.names.topology(mode)
        let transport = MortalTransport(base: broker, life: life)
        let logger = logger ?? Logger(label: name) { _ in SwiftLogNoOpLogHandler() }
        return Worker(
            settings: settings,
            catalogue: catalogue,
            owner: OwnerID(rawValue: name),
            journal: journal,
            azure: azure,
            statusCalls: statusCalls,
            consumer: AMQPConsumer(
                AMQPConsumerSettings(
                    endpoints: [endpoint],
                    connectionName: "\(name) consumer",
                    topology: topology,
                    queues: Worker.queues(of: settings)
                ),
                transport: transport,
                clock: clock,
                random: random,
                logger: logger
            ),
            publisher: AMQPPublisher(
                AMQPPublisherSettings(
                    endpoints: [endpoint],
                    connectionName: "\(name) publisher",
                    topology: topology
                ),
                transport: transport,
                clock: clock,
                random: random,
                logger: logger
            ),
            surroundings: Surroundings(
                clock: clock,
                uptime: { clock.elapsed },
                now: now,
                suspensionClock: { clock.suspensionNanoseconds },
                random: { min(random(), 0.999) }
            ),
            logger: logger
        )
    }

    /// Lives until it has drained or its life is over; then its connections break.
    package func live(as name: String, _ life: Life, on broker: SimulatedBroker) async {
        func bury() {
            broker.dropConnections(named: "\(name) consumer")
            broker.dropConnections(named: "\(name) publisher")
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await self.run() }
            group.addTask { await life.wait() }
            await group.next()
            if life.isOver { bury() }
            group.cancelAll()
        }
        if life.isOver { bury() }
    }
}
