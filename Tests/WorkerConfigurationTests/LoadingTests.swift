import AMQP
import AzureAI
import CopyDomain
import CopyRuntime
import Foundation
import Testing

@testable import WorkerConfiguration

@Suite("Loading")
struct LoadingTests {
    @Test("the smallest configuration has the engine's own defaults")
    func defaults() throws {
        let configuration = try load(smallest)
        let standard = WorkerSettings()
        #expect(configuration.settings.slots == standard.slots)
        #expect(configuration.settings.pollPeriod == standard.pollPeriod)
        #expect(configuration.settings.deadlines == standard.deadlines)
        #expect(configuration.settings.limits == standard.limits)
        #expect(configuration.settings.sendBefore == standard.sendBefore)
        #expect(configuration.settings.unknownResourceGrace == standard.unknownResourceGrace)
        #expect(configuration.settings.drainCalls == standard.drainCalls)
        #expect(configuration.settings.livenessPeriod == standard.livenessPeriod)
        #expect(configuration.settings.holdLimit == standard.holdLimit)
        #expect(configuration.settings.retention == standard.retention)
        #expect(configuration.settings.eventSource == standard.eventSource)
        #expect(configuration.settings.replyToPatterns == standard.replyToPatterns)
        #expect(configuration.settings.names == standard.names)
        #expect(configuration.journal.staleness == .seconds(10))
        #expect(
            configuration.http == HTTPConfiguration(enabled: true, listen: ListenAddress(host: "127.0.0.1", port: 8080))
        )
        #expect(configuration.log == LogConfiguration(level: .info, format: .json))
        #expect(configuration.azure.requestTimeout == .seconds(30) && !configuration.azure.allowPlainHTTP)
        #expect(configuration.poolName == "azure-copy-worker")
        #expect(configuration.broker.topologyMode == .declare && configuration.broker.connectionName == "copy-worker")
        let node = try #require(configuration.broker.nodes.first)
        #expect(configuration.broker.nodes.count == 1 && node.host == "localhost" && node.port == 5672)
        #expect(node.virtualHost == "/" && node.user == "guest" && node.tls == nil)
        #expect(node.settings == ConnectionSettings())
        #expect(configuration.warnings.isEmpty)
    }

    @Test("every value of a full configuration arrives")
    func everything() throws {
        let configuration = try load(full)
        let settings = configuration.settings
        #expect(settings.slots == 250 && settings.pollPeriod == .seconds(2) && settings.drainCalls == .seconds(10))
        #expect(settings.sendBefore == .seconds(4) && settings.livenessPeriod == .seconds(1))
        #expect(settings.holdLimit == .seconds(9 * 60))
        #expect(settings.unknownResourceGrace == .seconds(60) && settings.retention == .seconds(7 * 86_400))
        #expect(
            settings.deadlines
                == [
                    .documentModel: .seconds(1800), .documentClassifier: .seconds(1200), .visionProject: .seconds(7200),
                ]
        )
        #expect(settings.checkDeadline == .seconds(60) && settings.limits.lostStartSearch == .seconds(50))
        #expect(settings.limits.lostCopyWatch == .seconds(90) && settings.limits.lostImportWatch == .seconds(45))
        #expect(settings.limits.importTime == .seconds(2400) && settings.limits.grace == .seconds(300))
        #expect(settings.limits.verification == .seconds(30) && settings.limits.attempts == 2)
        #expect(settings.eventSource == "urn:example:copies" && configuration.eventSource == settings.eventSource)
        #expect(settings.replyToPatterns == ["answers", "amq.gen-*"])
        let names = settings.names
        #expect(names.requests == "eu.requests" && names.resume == "eu.resume" && names.retry == "eu.retry")
        #expect(names.longRetry == "eu.retry.long")
        #expect(names.dead == "eu.dead" && names.parking == "eu.parking" && names.results == "eu.results")
        #expect(names.commands == "eu.commands" && names.journal == "eu.journal")
        #expect(names.unroutedResults == "eu.unrouted" && names.progress == "eu.progress")
        #expect(configuration.poolName == "models-eu")
        #expect(configuration.journal == JournalConfiguration(path: "journal.sqlite", staleness: .seconds(20)))
        #expect(configuration.http == HTTPConfiguration(enabled: false, listen: ListenAddress(host: "::1", port: 9090)))
        #expect(configuration.log == LogConfiguration(level: .debug, format: .console))
        let azure = configuration.azure
        #expect(azure.requestTimeout == .seconds(45) && azure.connectTimeout == .seconds(3) && azure.allowPlainHTTP)
        #expect(azure.caFile == "/etc/hostname" && azure.proxy?.host == "proxy")
        #expect(configuration.broker.topologyMode == .verify && configuration.broker.connectionName == "copies")
        let node = try #require(configuration.broker.nodes.first)
        #expect(configuration.broker.nodes.map(\.host) == ["rabbit-1", "rabbit-2"])
        #expect(node.port == 5673 && node.virtualHost == "copies" && node.user == "copier")
        #expect(try node.password() == "canary-rabbit")
        #expect(node.settings.heartbeat == .seconds(20) && node.settings.connectTimeout == .seconds(5))
        #expect(node.settings.callTimeout == .seconds(7))
    }

    @Test("a resource has its frozen part, its versions, its key and its budget")
    func resource() throws {
        let configuration = try load(full)
        let west = try #require(ResourceName(rawValue: "west"))
        let east = try #require(ResourceName(rawValue: "east"))
        let resource = try #require(configuration.catalogue.resources[west])
        #expect(
            resource.frozen
                == FrozenResource(
                    name: west,
                    endpoint: "http://emulator:8081",
                    armID: "\(armID)/west",
                    region: "westus2"
                )
        )
        #expect(
            resource.apiVersions == [
                .documentModel: .formRecognizer2_1, .documentClassifier: .documentIntelligence4_0,
                .visionProject: .customVision3_3,
            ]
        )
        #expect(resource.maxInFlight == 20 && resource.allowsReplacing)
        #expect(configuration.catalogue.resources[east]?.allowsReplacing == false)
        let access = try #require(configuration.access[west])
        #expect(try access.key()?.secret.reveal() == "canary-west")
        #expect(access.budget == ResourceBudget(statusCalls: 20, managementCalls: 2, listCalls: 4, allCalls: 10))
        #expect(
            configuration.catalogue.routes == [
                ResourceCatalogue.Route(source: west, target: east, kinds: Set(CopyKind.allCases))
            ]
        )
    }

    @Test(
        "budgets follow from what a resource copies",
        arguments: [
            ("[document-model]", ResourceBudget.formRecognizer), ("[vision-project]", .customVision),
            ("[document-model, vision-project]", .customVision),
        ]
    )
    func budgets(kinds: String, budget: ResourceBudget) throws {
        let configuration = try load(smallest("[document-model]", kinds))
        let east = try #require(ResourceName(rawValue: "east"))
        #expect(configuration.access[east]?.budget == budget)
    }

    // MARK: - The environment

    @Test("the environment wins over the file and over defaults")
    func environment() throws {
        let configuration = try load(
            full,
            [
                "COPY_WORKER_WORKER_SLOTS": "7", "COPY_WORKER_BROKER_NODES": "amqp://a, amqp://b:1",
                "COPY_WORKER_RESOURCES_WEST_MAX_IN_FLIGHT": "9", "COPY_WORKER_AZURE_ALLOW_PLAIN_HTTP": "true",
                "COPY_WORKER_WORKER_DEADLINES_DOCUMENT_MODEL": "5m", "COPY_WORKER_RESOURCES_EAST_ARM_ID": "\(armID)/e2",
                "COPY_WORKER_WORKER_LIMITS_LOST_COPY_WATCH": "61s",
            ]
        )
        #expect(configuration.settings.slots == 7)
        #expect(configuration.broker.nodes.map(\.host) == ["a", "b"])
        #expect(configuration.settings.deadlines[.documentModel] == .seconds(300))
        #expect(configuration.settings.limits.lostCopyWatch == .seconds(61))
        let west = try #require(ResourceName(rawValue: "west"))
        let east = try #require(ResourceName(rawValue: "east"))
        #expect(configuration.catalogue.resources[west]?.maxInFlight == 9)
        #expect(configuration.catalogue.resources[east]?.frozen.armID == "\(armID)/e2")
        #expect(configuration.warnings.isEmpty)
    }

    @Test("every key can be given by its variable", arguments: ConfigurationReference.keys.map(\.dotted))
    func everyVariable(dotted: String) throws {
        let key = try #require(ConfigurationReference.keys.first { $0.dotted == dotted })
        let names = ["credentials": "application", "resources": "west", "routes": "west-to-east"]
        let name = names[key.path[0]]
        let variable = EnvironmentNames.name(of: key.path(named: name))
        // No value of any type: every key must stumble over it, and say that the variable is to blame.
        let problems = problems(full, [variable: key.type.name == "list of texts" ? " " : ""])
        #expect(problems.contains { $0.key == key.path(named: name).joined(separator: ".") && $0.variable == variable })
    }

    @Test("a variable that is no key is warned of, with the nearest key")
    func misspelt() throws {
        let configuration = try load(
            smallest,
            [
                "COPY_WORKER_WORKER_SLOT": "7", "COPY_WORKER_SERVICE_HOST": "10.0.0.1", "COPY_WORKER_PORT": "tcp://x",
                "COPY_WORKER_PORT_8080_TCP": "x",
            ]
        )
        #expect(configuration.warnings.map(\.variable) == ["COPY_WORKER_WORKER_SLOT"])
        #expect(configuration.warnings.first?.advice == "Did you mean COPY_WORKER_WORKER_SLOTS?")
    }

    @Test("a variable that holds a key is no misspelt one")
    func prefixedKey() throws {
        let configuration = try load(smallest("WEST_KEY", "COPY_WORKER_KEY_WEST"), ["COPY_WORKER_KEY_WEST": "k"])
        #expect(configuration.warnings.isEmpty)
    }

    // MARK: - Files

    @Test("a key file is read anew for every call, without white space around the key")
    func keyFile() throws {
        try withTemporaryDirectory { directory in
            let path = directory + "/west.key"
            try Data("first\n".utf8).write(to: URL(fileURLWithPath: path))
            let configuration = try load(smallest("keyEnv: WEST_KEY", "keyFile: \(path)"))
            let west = try #require(ResourceName(rawValue: "west"))
            let access = try #require(configuration.access[west])
            #expect(try access.key()?.secret.reveal() == "first")
            try Data(" second ".utf8).write(to: URL(fileURLWithPath: path))
            #expect(try access.key()?.secret.reveal() == "second")
            try Data("\n".utf8).write(to: URL(fileURLWithPath: path))
            #expect(try access.key()?.secret.reveal() == "second")
            #expect(try access.key()?.trouble == "the file \(path) is empty")
            try FileManager.default.removeItem(atPath: path)
            #expect(try access.key()?.secret.reveal() == "second")
            #expect(try access.key()?.trouble == "the file \(path) cannot be read")
        }
    }

    @Test("a password file is read at every login")
    func passwordFile() throws {
        try withTemporaryDirectory { directory in
            let path = directory + "/password"
            try Data("first\n".utf8).write(to: URL(fileURLWithPath: path))
            let configuration = try load(
                smallest("nodes: [amqp://localhost]", "nodes: [amqp://me@localhost]\n  passwordFile: \(path)")
            )
            let node = try #require(configuration.broker.nodes.first)
            #expect(try node.password() == "first")
            try Data("second".utf8).write(to: URL(fileURLWithPath: path))
            #expect(try node.password() == "second")
        }
    }

    @Test("a password may hold what a key may not", arguments: ["pass word", " x", "pässword", "a:b@c/%"])
    func password(text: String) throws {
        let configuration = try load(full, ["RABBIT_PASSWORD": text])
        #expect(try configuration.broker.nodes.map { try $0.password() } == [text, text])
    }

    @Test("TLS files go to the nodes that are amqps")
    func tls() throws {
        try withTemporaryDirectory { directory in
            let file = directory + "/ca.pem"
            try Data("x".utf8).write(to: URL(fileURLWithPath: file))
            let configuration = try load(
                smallest(
                    "nodes: [amqp://localhost]",
                    "nodes: [amqps://a, amqp://b]\n  caFile: \(file)\n  certificateFile: \(file)\n  keyFile: \(file)"
                )
            )
            #expect(
                configuration.broker.nodes.map(\.tls) == [
                    TLSSettings(caFile: file, certificateFile: file, keyFile: file, verifyHostname: true), nil,
                ]
            )
        }
    }

    @Test("a file is loaded from disk")
    func disk() throws {
        try withTemporaryDirectory { directory in
            let path = directory + "/worker.yaml"
            try Data(smallest.utf8).write(to: URL(fileURLWithPath: path))
            #expect(try WorkerConfiguration.load(file: path, environment: keys).settings.slots == 400)
            try Data([0xFF, 0xFE, 0x41]).write(to: URL(fileURLWithPath: path))
            #expect(throws: ConfigurationError.self) { try WorkerConfiguration.load(file: path, environment: keys) }
            #expect(throws: ConfigurationError.self) {
                try WorkerConfiguration.load(file: directory + "/none.yaml", environment: keys)
            }
        }
    }
}
