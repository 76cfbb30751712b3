import ArgumentParser
import AzureEmulation
import AzureEmulationServer
import FoundationEssentials
import Logging

/// Runs emulated Azure AI resources until it is stopped.
@main
struct AzureEmulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "azure-emulator",
        abstract: "Emulates Azure AI resources: Form Recognizer, Document Intelligence and Custom Vision.",
        discussion: """
            Every resource listens on a port of its own, and so do Entra ID (https with tls) and the endpoints of
            managed identities (always http). The admin port switches faults on and tells what happened.

            The configuration is JSON; everything but the resources' names may be left out:

              { "host": "127.0.0.1",
                "admin": { "port": 0 },
                "copy": { "seconds": 5, "spread": 0.3, "runningShare": 0.2 },
                "latency": { "milliseconds": 0, "spread": 0 },
                "seed": 1,
                "resources": [
                  { "name": "fr-west", "port": 0, "key": "secret", "region": "westus2",
                    "armId": "/subscriptions/…/providers/Microsoft.CognitiveServices/accounts/fr-west",
                    "models": [ { "id": "…", "name": "invoices", "version": "v2.1", "labelled": true } ],
                    "documentModels": { "generate": 3 }, "documentClassifiers": { "generate": 1 },
                    "projects": { "generate": 3 },
                    "limits": { "models": 5000, "projects": 100 },
                    "rate": { "management": 5, "status": 50, "list": 10 },
                    "quirks": { "ticks": false, "refuseDuplicateNames": false, "tokenSeconds": 86400,
                                "versionDrift": { "v2.1-preview.2": "v2.1-preview.1" } },
                    "entra": { "tenant": "…", "clients": ["…"] }, "regional": false } ],
                "entra": { "port": 0, "identityPort": 0, "tokenSeconds": 3599,
                           "tenants": [ { "id": "…", "clients": [ { "id": "…", "secrets": ["…"],
                             "federated": [ { "issuer": "…", "subject": "…" } ] } ] } ],
                           "identities": [ { "clientId": "…", "tenant": "…" } ] },
                "tls": { "certificateFile": "c.pem", "keyFile": "k.pem" } }

            The ready file is written once all ports listen: {"adminPort": …, "resources": [{"name", "endpoint",
            "key", "armId", "region", "models", "projects"}], "entra": {"endpoint", "imdsEndpoint", "identityEndpoint",
            "identityHeader"}}. With tls, resources and the token endpoint speak https.

            Admin: GET /health /resources /faults /held?wait=S&count=N /report?gaps=false /report/headers?header=NAME
            /copies/settings, POST /faults /held/ID/release /held/release /copies/settings /clock/advance
            /resources/NAME/keys /entra/clients/ID/secrets /entra/revoke
            /reset-statistics, DELETE /faults /faults/ID.
            """,
        version: "1.0.0"
    )

    @Option(help: "The configuration, a JSON file.")
    var config: String

    @Option(help: "The admin port instead of the configuration's; 0 takes any.")
    var adminPort: Int?

    @Option(help: "A file to write all actual ports to, as JSON, once they listen.")
    var readyFile: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical.", transform: level)
    var logLevel = Logger.Level.notice

    func validate() throws {
        if let adminPort, !(0...65_535).contains(adminPort) {
            throw ValidationError("--admin-port lies between 0 and 65535.")
        }
    }

    func run() async throws {
        var logger = Logger(label: "azure-emulator") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = logLevel
        let configuration = try emulated()
        // One of an earlier run would tell of ports that are no more.
        if let readyFile { try? FileManager.default.removeItem(atPath: readyFile) }
        try await AzureEmulator.run(configuration, logger: logger) { emulator in
            if let readyFile {
                try Data(emulator.readyText.utf8).write(to: URL(filePath: readyFile), options: .atomic)
            }
            logger.notice("listening", metadata: ["adminPort": "\(emulator.adminPort)"])
            // Until the process is stopped.
            let (stopping, keptOpen) = AsyncStream<Never>.makeStream()
            for await _ in stopping {}
            keptOpen.finish()
        }
    }

    private func emulated() throws -> EmulatorConfiguration {
        do {
            var configuration = try EmulatorConfiguration(json: Data(contentsOf: URL(filePath: config)))
            configuration.admin.port = adminPort ?? configuration.admin.port
            return configuration
        } catch let error as ConfigurationError {
            throw ValidationError("\(config): \(error.sentence)")
        } catch {
            throw ValidationError("\(config) cannot be read; is it there, and is this user allowed to read it?")
        }
    }
}

private func level(_ name: String) throws -> Logger.Level {
    guard let level = Logger.Level(rawValue: name.lowercased()) else {
        throw ValidationError("'\(name)' is no log level.")
    }
    return level
}
