import AMQP
import AzureAI
import AzureHTTP
import CopyDomain
import CopyJournal
import CopyRuntime
import JournalSQLite
package import Logging
import Observability
import RabbitMQTransport
import ServiceLifecycle
package import WorkerConfiguration

/// A worker with everything it stands on, wired as the configuration says.
package struct House: Sendable {
    let owner: OwnerID
    let worker: Worker
    let health: HealthService?
    let logger: Logger
    private let sender: AsyncHTTPSender
    private let journal: SQLiteJournal

    /// - Parameter wrapping: what the engine is given in place of the drivers; a worker is given the drivers themselves.
    /// - Throws: what keeps the worker from starting, for a person to read.
    package init(
        _ configuration: WorkerConfiguration,
        logger: Logger,
        wrapping: (Ports) -> Ports = { $0 }
    ) async throws {
        let surroundings = Surroundings.system
        let owner = OwnerID.ofThisProcess()
        let journal = try await SQLiteJournal(
            path: configuration.journal.path,
            staleAfter: configuration.journal.staleness
        )
        let sender = try AsyncHTTPSender(AsyncHTTPSender.Settings(configuration.azure))
        let ports = wrapping(Ports(journal: journal, http: sender, transport: RabbitMQTransport()))
        let azure = AzureClient(
            access: configuration.access,
            http: ports.http,
            clock: surroundings.clock,
            wallClock: surroundings.now,
            random: surroundings.random,
            timeout: configuration.azure.requestTimeout,
            userAgent: "azure-copy-worker/\(Version.text)",
            logger: Logger(label: "copy-worker.azure")
        )
        let broker = configuration.broker
        let topology = configuration.settings.names.topology(broker.topologyMode)
        let consumer = AMQPConsumer(
            AMQPConsumerSettings(
                endpoints: broker.nodes,
                connectionName: "\(broker.connectionName) consumer",
                topology: topology,
                queues: Worker.queues(of: configuration.settings)
            ),
            transport: ports.transport,
            clock: surroundings.clock,
            random: surroundings.random,
            logger: Logger(label: "copy-worker.amqp.consumer")
        )
        let publisher = AMQPPublisher(
            AMQPPublisherSettings(
                endpoints: broker.nodes,
                connectionName: "\(broker.connectionName) publisher",
                topology: topology
            ),
            transport: ports.transport,
            clock: surroundings.clock,
            random: surroundings.random,
            logger: Logger(label: "copy-worker.amqp.publisher")
        )
        let worker = Worker(
            settings: configuration.settings,
            catalogue: configuration.catalogue,
            owner: owner,
            journal: ports.journal,
            azure: azure,
            statusCalls: { azure.budget(of: $0)?.statusCalls },
            consumer: consumer,
            publisher: publisher,
            surroundings: surroundings,
            logger: logger
        )
        self.owner = owner
        self.worker = worker
        self.logger = logger
        self.sender = sender
        self.journal = journal
        guard configuration.http.enabled else {
            health = nil
            return
        }
        health = HealthService(
            server: HealthServer(
                host: configuration.http.listen.host,
                port: configuration.http.listen.port,
                health: { HealthReport(reasons: [worker.standstill].compactMap(\.self)) },
                readiness: {
                    let status = worker.status
                    return HealthReport(
                        reasons: status.reasons,
                        notes: azure.credentialTroubles + status.notes,
                        load: HealthReport.Load(running: status.running, waiting: status.waiting, slots: status.slots)
                    )
                },
                logger: Logger(label: "copy-worker.http"),
                onListening: { port in
                    logger.info("health is served", metadata: ["port": "\(port)"])
                }
            )
        )
    }

    func close() async {
        // Nothing is left to send; connections that do not close by themselves end with the process.
        try? await sender.shutdown()
        // So that what is left when the last worker has gone is one file; if it fails the next start reads the log.
        try? await journal.close()
    }
}
