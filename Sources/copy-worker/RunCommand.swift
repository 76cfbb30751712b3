import ArgumentParser
import CopyJournal
import Logging
import Observability
import ServiceLifecycle
import UnixSignals
import WorkerConfiguration

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Works until it is told to stop.",
        discussion: """
            SIGTERM or SIGINT: takes no more requests, lets running calls to Azure end, hands every request back to \
            the queue and leaves with 0. A worker that is killed instead loses nothing: others go on from its journal.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let configuration = try ConfigurationLoad.load(options)
        Logs.bootstrap(level: configuration.log.level.loggerLevel, format: configuration.log.format.logFormat)
        let logger = Logger(label: "copy-worker")
        for warning in configuration.warnings { logger.warning("configuration: \(warning)") }
        let house: House
        do {
            house = try await House(configuration, logger: logger)
        } catch {
            throw Complaint("copy-worker cannot start: \(error)")
        }
        logger.notice(
            "copy-worker starts",
            metadata: ["version": "\(Version.text)", "owner": "\(house.owner.rawValue)"]
        )
        var services: [any Service] = [WorkerService(worker: house.worker)]
        if configuration.http.enabled { services.insert(house.health, at: 0) }
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
            await house.close()
            logger.critical("copy-worker stops", metadata: ["error": "\(error)"])
            throw Complaint("copy-worker stops: \(error)")
        }
        await house.close()
    }
}

/// An error that is told to the person at the terminal as it is, and ends the program with 1.
struct Complaint: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
