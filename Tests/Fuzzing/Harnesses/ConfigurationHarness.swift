import CopyRuntime
import Foundation

@testable import WorkerConfiguration

/// A configuration file.
enum ConfigurationHarness: Harness {
    static let name = "configuration"

    private static let environment = [
        "WEST_KEY": Canary.sourceKey, "EAST_KEY": Canary.targetKey, "RABBIT_PASSWORD": Canary.password,
        "CLIENT_SECRET": Canary.clientSecret, "PROXY_PASSWORD": Canary.password,
    ]

    static func run(_ input: [UInt8]) {
        guard let text = String(validating: input, as: UTF8.self) else { return }
        // Files that are named are read, and some of these have no end.
        guard !text.contains("/dev"), !text.contains("/proc"), !text.contains("/sys") else { return }
        let secrets = environment.values.filter { !text.contains($0) }
        do {
            let configuration = try WorkerConfiguration.load(text: text, file: "fuzzing.yaml", environment: environment)
            Tally.count("loaded")
            holds(!configuration.broker.nodes.isEmpty, "no broker")
            holds(!configuration.catalogue.resources.isEmpty, "no resource")
            let effective = configuration.effective()
            Canary.require(secrets, hiddenIn: effective, "the effective configuration")
            let again = mustWork("loading what took effect") {
                try WorkerConfiguration.load(text: effective, file: "effective.yaml", environment: environment)
            }
            holds(again.effective().count > 0, "nothing took effect")
        } catch let error as ConfigurationError {
            Tally.count("refused")
            for problem in error.problems.prefix(1) where problem.message.hasPrefix("no YAML") { Tally.count("noYAML") }
            holds(!error.problems.isEmpty, "refused without a reason")
            for problem in error.problems { holds(!problem.message.isEmpty && !problem.advice.isEmpty, "\(problem)") }
            Canary.require(secrets, hiddenIn: "\(error)", "a problem")
        } catch {
            violated("another error: \(error)")
        }
    }
}
