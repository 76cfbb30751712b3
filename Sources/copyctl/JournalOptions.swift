import ArgumentParser
import CommandLineClient
import CopyDomain
import CopyJournal
import Foundation
import JournalSQLite
import WorkerConfiguration

/// The journal of a pool, as its workers are configured with it.
struct JournalOptions: ParsableArguments {
    @Option(
        name: [.customShort("c"), .customLong("config")],
        help: ArgumentHelp(
            "The workers' configuration file (YAML); it says where the journal is. Run this on their machine, as their "
                + "user.",
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var file = "/etc/copy-worker/config.yaml"

    func configuration() throws -> WorkerConfiguration {
        do {
            return try WorkerConfiguration.load(file: file, environment: ProcessInfo.processInfo.environment)
        } catch {
            Terminal.complain("copyctl: \(error)\n")
            throw CommandStatus.usage.asError
        }
    }

    /// Runs something on the journal; never begins a new one.
    func withJournal<Result: Sendable>(
        of configuration: WorkerConfiguration,
        _ body: (any Journal) async throws -> Result
    ) async throws -> Result {
        let path = configuration.journal.path
        guard FileManager.default.fileExists(atPath: path) else {
            Terminal.complain("copyctl: there is no journal \(path): no worker with this configuration has run here\n")
            throw CommandStatus.usage.asError
        }
        do {
            let journal = try await SQLiteJournal(path: path, staleAfter: configuration.journal.staleness)
            do {
                let result = try await body(journal)
                try? await journal.close()
                return result
            } catch {
                try? await journal.close()
                throw error
            }
        } catch let error as JournalError {
            Terminal.complain("copyctl: \(error)\n")
            throw CommandStatus(error).asError
        }
    }
}

extension Timestamp {
    static var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
