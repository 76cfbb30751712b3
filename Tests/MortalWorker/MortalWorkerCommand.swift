import ArgumentParser
import Foundation
import Logging
import WorkerConfiguration
import WorkerHouse

/// The worker as it ships, but for its ports: something stands before them that ends the process, or makes it stumble,
/// where a test says so.
@main
struct MortalWorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "mortal-worker")

    @Option(name: .customLong("config"))
    var file: String

    @Option(help: "What happens where (JSON), see Script.")
    var script: String

    func run() async throws {
        let script = try JSONDecoder().decode(Script.self, from: Data(contentsOf: URL(filePath: script)))
        let fate = try Fate(script)
        let configuration = try WorkerConfiguration.load(
            file: file,
            environment: ProcessInfo.processInfo.environment
        )
        configuration.log.bootstrap()
        let house = try await House(configuration, logger: Logger(label: "copy-worker")) { ports in
            Ports(
                journal: MortalJournal(ports.journal, fate: fate),
                http: MortalHTTP(ports.http, fate: fate),
                transport: MortalTransport(ports.transport, fate: fate)
            )
        }
        try await house.live()
    }
}
