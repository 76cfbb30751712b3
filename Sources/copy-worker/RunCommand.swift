import ArgumentParser
import Logging
import WorkerConfiguration
import WorkerHouse

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Works until it is told to stop.",
        discussion: """
            SIGTERM or SIGINT: takes no more requests, lets running calls to Azure end, hands every request back to \
            the queue and leaves with 0. A worker that is killed instead loses nothing: others go on from its journal.

            Several workers of one machine may share a configuration, but each needs an address of its own for its \
            probes, or it ends at once: COPY_WORKER_HTTP_LISTEN=127.0.0.1:8082.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let configuration = try options.load()
        configuration.log.bootstrap()
        let logger = Logger(label: "copy-worker")
        for warning in configuration.warnings { logger.warning("configuration: \(warning)") }
        let house: House
        do {
            house = try await House(configuration, logger: logger)
        } catch {
            throw Complaint("copy-worker cannot start: \(error)")
        }
        do {
            try await house.live()
        } catch {
            throw Complaint("copy-worker stops: \(error)")
        }
    }
}
