import BrokerSupport
import EmulationSupport
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
        /// The workers, and nobody else, reach the broker through a fault proxy.
        var proxied = false
        var heartbeat = "15s"
        var slots = 100
        var maxInFlight = 200
        var logLevel = "info"
        /// Lines under `worker:` of the configuration, indented by two spaces.
        var worker = ""
        /// Calls a second that each resource's budget allows: high, unless a test is about budgets.
        var managementCalls = 50.0
        /// How soon a worker without a sign of life is taken for dead.
        var staleness = "10s"
        /// Ids of models and classifiers of Document Intelligence that every target has from the start.
        var taken: [String] = []
        /// https, by a certificate of a private authority that the worker is told to trust.
        var isSecure = false
        /// Keys in files, which a test can replace, instead of environment variables.
        var keysInFiles = false
        /// Where the journal lies; the world's own folder without it.
        var journalFolder: URL?
        /// For resources that take tokens of Entra ID only.
        var directory: Directory?
    }

    static let vision = ["v3.3", "v3.4-preview"]
    static let models = ["v2.0-preview", "v2.0", "v2.1"]

    let options: Options
    let folder: URL
    let broker: VirtualHost
    /// What the workers take for the broker, if the options want one.
    let proxy: FaultProxy?
    let emulator: ProgramUnderTest
    let admin: EmulatorAdmin
    /// Name of a resource -> the emulator's word on it.
    let resources: [String: JSON]
    /// The emulator's word on its doors of Entra ID.
    let doors: JSON
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
        proxy = try options.proxied ? FaultProxy(to: privateBroker.port) : nil
        let readyFile = folder.appending(path: "emulator-ready.json")
        let configFile = folder.appending(path: "emulator.json")
        let files = try options.isSecure ? TestCertificate.write(to: folder) : nil
        var configuration = Self.emulatorConfiguration(options)
        if let files { configuration["tls"] = ["certificateFile": files.certificate, "keyFile": files.key] }
        try JSONSerialization.data(withJSONObject: configuration).write(to: configFile)
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
        doors = ready["entra"]
        var environment = ["COPY_TEST_BROKER_PASSWORD": broker.password]
        for (name, resource) in resources where options.directory?.ways[name] == nil {
            let key = resource["key"].string ?? ""
            if options.keysInFiles {
                try Data(key.utf8).write(to: folder.appending(path: "\(name).key"))
            } else {
                environment[Self.keyVariable(of: name)] = key
            }
        }
        if let directory = options.directory {
            try directory.writeSecrets(to: folder)
            environment["IDENTITY_ENDPOINT"] = doors["identityEndpoint"].string
            environment["IDENTITY_HEADER"] = doors["identityHeader"].string
        }
        self.environment = environment
    }

    var journalFile: URL { (options.journalFolder ?? folder).appending(path: "journal.sqlite") }
    func keyFile(of resource: String) -> URL { folder.appending(path: "\(resource).key") }

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
        proxy?.stop()
        if options.ownBroker { await broker.broker.end() }
        if keepingLogs || ProcessInfo.processInfo.environment["COPY_TEST_KEEP"] != nil {
            print("the world's files are kept in \(folder.path)")
        } else {
            try? FileManager.default.removeItem(at: folder)
        }
    }
}
