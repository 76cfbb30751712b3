import BrokerSupport
import Foundation

/// A private world for one test: a virtual host of the private broker, an emulator, a journal, and workers.
final class World: Sendable {
    struct Options: Sendable {
        var sources = 2
        var targets = 2
        /// Models and projects that every source has.
        var items = 10
        var copySeconds = 2.0
        var copySpread = 0.3
        /// A broker of its own, for tests that stop it.
        var ownBroker = false
        var slots = 100
        var maxInFlight = 200
        var logLevel = "info"
        /// Lines under `worker:` of the configuration, indented by two spaces.
        var worker = ""
        /// Calls a second that each resource's budget allows: high, unless a test is about budgets.
        var managementCalls = 50.0
    }

    static let vision = ["v3.3", "v3.4-preview"]
    static let models = ["v2.0-preview", "v2.0", "v2.1"]

    let options: Options
    let folder: URL
    let broker: VirtualHost
    let emulator: ProgramUnderTest
    let admin: EmulatorAdmin
    /// Name of a resource -> the emulator's word on it.
    let resources: [String: JSON]
    private let environment: [String: String]

    /// Runs a test in a world of its own and takes everything down again.
    static func with<Result>(
        _ options: Options = Options(),
        _ body: (World) async throws -> Result
    ) async throws -> Result {
        let world = try await World(options)
        do {
            let result = try await body(world)
            await world.end()
            return result
        } catch {
            await world.end(keepingLogs: true)
            throw error
        }
    }

    private init(_ options: Options) async throws {
        self.options = options
        folder = FileManager.default.temporaryDirectory.appending(path: "copy-worker-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let privateBroker = try await options.ownBroker ? PrivateBroker.start() : PrivateBroker.steady()
        broker = try await VirtualHost(of: privateBroker)
        let readyFile = folder.appending(path: "emulator-ready.json")
        let configFile = folder.appending(path: "emulator.json")
        try JSONSerialization.data(withJSONObject: Self.emulatorConfiguration(options)).write(to: configFile)
        emulator = try ProgramUnderTest(
            "azure-emulator",
            arguments: ["--config", configFile.path, "--ready-file", readyFile.path],
            environment: [:],
            logFile: folder.appending(path: "emulator.log")
        )
        let emulator = emulator
        let isReady = await eventually(within: .seconds(30)) {
            FileManager.default.fileExists(atPath: readyFile.path) || !emulator.isRunning
        }
        guard isReady, let ready = try? JSON(parsing: [UInt8](Data(contentsOf: readyFile))),
            let port = ready["adminPort"].int
        else {
            throw ProgramUnderTest.StartFailure(description: "the emulator did not start: \(emulator.log)")
        }
        admin = EmulatorAdmin(port: port)
        var resources: [String: JSON] = [:]
        for resource in try await admin.get("/resources").elements {
            guard let name = resource["name"].string else { continue }
            resources[name] = resource
        }
        self.resources = resources
        var environment = ["COPY_TEST_BROKER_PASSWORD": broker.password]
        for (name, resource) in resources {
            environment[Self.keyVariable(of: name)] = resource["key"].string
        }
        self.environment = environment
    }

    var journalFile: URL { folder.appending(path: "journal.sqlite") }

    func startWorker(_ name: String) throws -> ProgramUnderTest {
        try startProgram("copy-worker", ["run"], log: name)
    }

    /// - Parameter lines: more lines of the configuration file.
    func startProgram(
        _ program: String,
        _ arguments: [String],
        adding lines: String = "",
        log: String = UUID().uuidString
    ) throws -> ProgramUnderTest {
        let file = folder.appending(path: "worker.yaml")
        try workerConfiguration(adding: lines).write(to: file, atomically: true, encoding: .utf8)
        return try ProgramUnderTest(
            program,
            arguments: arguments + ["--config", file.path],
            environment: environment,
            logFile: folder.appending(path: "\(log).log")
        )
    }

    private func end(keepingLogs: Bool = false) async {
        await emulator.killAndWait()
        if options.ownBroker { await broker.broker.end() }
        if keepingLogs {
            print("the world's files are kept in \(folder.path)")
        } else {
            try? FileManager.default.removeItem(at: folder)
        }
    }

    // MARK: - Configuration

    static func source(_ number: Int) -> String { "source-\(number)" }
    static func target(_ number: Int) -> String { "target-\(number)" }
    static func model(_ number: Int, of source: Int) -> String { "model-\(source)-\(number)" }
    static func project(_ number: Int, of source: Int) -> String {
        String(format: "00000000-0000-4000-8000-%06d%06d", source, number)
    }

    private static func keyVariable(of resource: String) -> String {
        "COPY_TEST_KEY_" + resource.uppercased().replacing("-", with: "_")
    }

    private static func emulatorConfiguration(_ options: Options) -> [String: Any] {
        let sources = (0..<options.sources).map { number -> [String: Any] in
            [
                "name": source(number), "region": "westus2",
                "models": (0..<options.items).map { ["id": model($0, of: number)] },
                "projects": (0..<options.items).map {
                    ["id": project($0, of: number), "name": "project \(number)/\($0)"]
                },
            ]
        }
        let targets = (0..<options.targets).map { number -> [String: Any] in
            ["name": target(number), "region": "eastus", "limits": ["projects": 10_000]]
        }
        return [
            "admin": ["port": 0], "seed": 7, "resources": sources + targets,
            "copy": ["seconds": options.copySeconds, "spread": options.copySpread],
        ]
    }

    private func workerConfiguration(adding lines: String) -> String {
        var yaml = """
            broker:
              nodes: ["\(broker.uriWithoutPassword)"]
              passwordEnv: COPY_TEST_BROKER_PASSWORD
              heartbeat: 5s
            journal:
              path: \(journalFile.path)
            http:
              listen: 127.0.0.1:0
            log:
              level: \(options.logLevel)
              format: json
            worker:
              slots: \(options.slots)
              unknownResourceGrace: 2s
            \(options.worker)
            resources:

            """
        for name in resources.keys.sorted() {
            guard let resource = resources[name] else { continue }
            yaml += """
                  \(name):
                    endpoint: "\(resource["endpoint"].string ?? "")"
                    armId: \(resource["armId"].string ?? "")
                    region: \(resource["region"].string ?? "")
                    keyEnv: \(Self.keyVariable(of: name))
                    apiVersions: {document-model: v2.1, vision-project: v3.3}
                    maxInFlight: \(options.maxInFlight)
                    budget: {statusCalls: 200, managementCalls: \(options.managementCalls), listCalls: 50}

                """
        }
        yaml += "routes:\n"
        for source in 0..<options.sources {
            for target in 0..<options.targets {
                yaml += """
                      s\(source)-t\(target):
                        from: \(Self.source(source))
                        to: \(Self.target(target))
                        kinds: [document-model, vision-project]

                    """
            }
        }
        return yaml + lines
    }
}
