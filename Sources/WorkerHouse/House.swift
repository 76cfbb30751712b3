import AMQP
import AzureAI
import AzureHTTP
import CopyDomain
import CopyJournal
import CopyRuntime
import Foundation
import JournalSQLite
import Logging
import Observability
import RabbitMQTransport
import ServiceLifecycle
import WorkerConfiguration

/// A worker with everything it stands on, wired as the configuration says.
struct House: Sendable {
    let owner: OwnerID
    let worker: Worker
    let health: HealthService
    private let sender: AsyncHTTPSender

    init(_ configuration: WorkerConfiguration, logger: Logger) async throws {
        let surroundings = Surroundings.system
        let owner = OwnerID.ofThisProcess()
        let journal = try await SQLiteJournal(
            path: configuration.journal.path,
            staleAfter: configuration.journal.staleness
        )
        let sender = try AsyncHTTPSender(AsyncHTTPSender.Settings(configuration.azure))
        let azure = AzureClient(
            access: configuration.access,
            http: sender,
            clock: surroundings.clock,
            wallClock: surroundings.now,
            random: surroundings.random,
            timeout: configuration.azure.requestTimeout,
            userAgent: "azure-copy-worker/\(Version.text)",
            logger: Logger(label: "copy-worker.azure")
        )
        let broker = configuration.broker
        let topology = configuration.settings.names.topology(broker.topologyMode)
        let transport = RabbitMQTransport()
        let consumer = AMQPConsumer(
            AMQPConsumerSettings(
                endpoints: broker.nodes,
                connectionName: "\(broker.connectionName) consumer",
                topology: topology,
                queues: Worker.queues(of: configuration.settings)
            ),
            transport: transport,
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
            transport: transport,
            clock: surroundings.clock,
            random: surroundings.random,
            logger: Logger(label: "copy-worker.amqp.publisher")
        )
        let worker = Worker(
            settings: configuration.settings,
            catalogue: configuration.catalogue,
            owner: owner,
            journal: journal,
            azure: azure,
            statusCalls: { azure.budget(of: $0)?.statusCalls },
            consumer: consumer,
            publisher: publisher,
            surroundings: surroundings,
            logger: logger
        )
        self.owner = owner
        self.worker = worker
        self.sender = sender
        health = HealthService(
            server: HealthServer(
                host: configuration.http.listen.host,
                port: configuration.http.listen.port,
                health: { HealthReport() },
                readiness: { HealthReport(reasons: worker.status.reasons, notes: azure.credentialTroubles) },
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
    }
}

struct HealthService: Service {
    let server: HealthServer

    func run() async throws {
        try await server.run()
    }
}

extension OwnerID {
    /// Host, process id and chance: unique for ever, and a person can find the process.
    static func ofThisProcess() -> OwnerID {
        let chance = String(UInt64.random(in: .min ... .max), radix: 16)
        let process = ProcessInfo.processInfo
        return OwnerID(rawValue: "\(process.hostName)-\(process.processIdentifier)-\(chance)")
    }
}

extension AsyncHTTPSender.Settings {
    init(_ azure: AzureConfiguration) {
        self.init()
        connectTimeout = azure.connectTimeout
        caFile = azure.caFile
        proxy = azure.proxy.map { proxy in
            ProxySettings(
                host: proxy.host,
                port: proxy.port,
                user: proxy.login?.user,
                password: proxy.login?.password,
                exceptions: proxy.exceptions
            )
        }
    }
}
