import ArgumentParser
import Foundation
import WorkerConfiguration

/// What both commands need to know.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: [.customShort("c"), .customLong("config")],
        help: ArgumentHelp(
            "The configuration file (YAML). Environment variables override it; see the README's table.",
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var file = "/etc/copy-worker/config.yaml"

    /// The configuration, or every problem in it at once.
    func load() throws -> WorkerConfiguration {
        do {
            return try WorkerConfiguration.load(file: file, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw Complaint("\(error)")
        }
    }
}
