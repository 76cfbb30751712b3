import CopyJournal
import CopyRuntime
import Logging
import ServiceLifecycle
import UnixSignals

extension House {
    /// Works until SIGTERM or SIGINT has drained the worker, or until nothing but a person can help.
    package func live() async throws {
        logger.notice(
            "copy-worker starts",
            metadata: ["version": "\(Version.text)", "owner": "\(owner.rawValue)"]
        )
        var services: [any Service] = [WorkerService(worker: worker)]
        if let health { services.insert(health, at: 0) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map {
                    .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup)
                },
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Logger(label: "copy-worker.lifecycle") { _ in SwiftLogNoOpLogHandler() }
            )
        )
        do {
            try await group.run()
        } catch {
            await close()
            logger.critical("copy-worker stops", metadata: ["error": "\(error)"])
            throw error
        }
        await close()
    }
}
