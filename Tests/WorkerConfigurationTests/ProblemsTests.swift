import Foundation
import Testing

@testable import WorkerConfiguration

struct BadConfiguration: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let key: String?
    let line: Int?
    /// A part of message or advice.
    let says: String

    init(_ what: String, _ text: String, _ key: String?, line: Int?, says: String) {
        testDescription = what
        self.text = text
        self.key = key
        self.line = line
        self.says = says
    }
}

@Suite("Problems")
struct ProblemsTests {
    static let single: [BadConfiguration] = [
        BadConfiguration("no YAML", smallest("  nodes:", "  nodes: ]"), nil, line: 2, says: "no YAML"),
        BadConfiguration(
            "a key twice",
            smallest("region: westus2", "region: a\n    region: b"),
            nil,
            line: 9,
            says: "region given twice"
        ),
        BadConfiguration(
            "an unknown section",
            smallest + "\nlogging: {level: info}",
            "logging",
            line: 21,
            says: "Did you mean log"
        ),
        BadConfiguration(
            "an unknown key",
            smallest("region: westus2", "region: westus2\n    regions: x"),
            "resources.west.regions",
            line: 10,
            says: "Did you mean region?"
        ),
        BadConfiguration(
            "a far unknown key",
            smallest + "\nworker: {zzzzzzzzzz: 1}",
            "worker.zzzzzzzzzz",
            line: 21,
            says: "known here: slots"
        ),
        BadConfiguration(
            "a literal key",
            smallest("keyEnv: WEST_KEY", "keyEnv: WEST_KEY\n    key: canary-literal"),
            "resources.west.key",
            line: 11,
            says: "name an environment variable with keyEnv"
        ),
        BadConfiguration(
            "a literal password",
            smallest("nodes: [amqp://localhost]", "nodes: [amqp://localhost]\n  password: canary-literal"),
            "broker.password",
            line: 3,
            says: "passwordEnv"
        ),
        BadConfiguration(
            "a section that is a text",
            smallest + "\nworker: fast",
            "worker",
            line: 21,
            says: "must be a section"
        ),
        BadConfiguration(
            "a value that is a section",
            smallest + "\npool: {a: b}",
            "pool",
            line: 21,
            says: "must be a single value"
        ),
        BadConfiguration(
            "a list that is a text",
            smallest("[amqp://localhost]", "amqp://localhost"),
            "broker.nodes",
            line: 2,
            says: "must be a list"
        ),
        BadConfiguration(
            "a list of sections",
            smallest("[amqp://localhost]", "[{host: a}]"),
            "broker.nodes",
            line: 2,
            says: "must be a list"
        ),
        BadConfiguration(
            "a key without value",
            smallest("region: westus2", "region:"),
            "resources.west.region",
            line: 9,
            says: "has no value"
        ),
        BadConfiguration(
            "no whole number",
            smallest + "\nworker: {slots: many}",
            "worker.slots",
            line: 21,
            says: "1 to 20000"
        ),
        BadConfiguration(
            "a fraction of a slot",
            smallest + "\nworker: {slots: 1.5}",
            "worker.slots",
            line: 21,
            says: "whole number"
        ),
        BadConfiguration(
            "too many slots",
            smallest + "\nworker: {slots: 100000}",
            "worker.slots",
            line: 21,
            says: "\"100000\" cannot be used"
        ),
        BadConfiguration(
            "a duration without unit",
            smallest + "\nworker:\n  pollPeriod: 1",
            "worker.pollPeriod",
            line: 22,
            says: "ms, s, m, h or d"
        ),
        BadConfiguration(
            "a duration out of bounds",
            smallest + "\nworker: {pollPeriod: 10ms}",
            "worker.pollPeriod",
            line: 21,
            says: "100ms to 1m"
        ),
        BadConfiguration(
            "no flag",
            smallest + "\nhttp: {enabled: yes}",
            "http.enabled",
            line: 21,
            says: "true or false"
        ),
        BadConfiguration(
            "no choice",
            smallest + "\nlog: {level: loud}",
            "log.level",
            line: 21,
            says: "trace, debug, info"
        ),
        BadConfiguration(
            "no address",
            smallest + "\nhttp: {listen: 8080}",
            "http.listen",
            line: 21,
            says: "0.0.0.0:8080"
        ),
        BadConfiguration(
            "no URI",
            smallest + "\nevents: {source: my pool}",
            "events.source",
            line: 21,
            says: "urn:example:copies"
        ),
        BadConfiguration(
            "no pattern",
            smallest + "\nevents: {replyTo: [\"a*b\"]}",
            "events.replyTo",
            line: 21,
            says: "one * at its end"
        ),
        BadConfiguration("no pool name", smallest + "\npool: my pool", "pool", line: 21, says: "letters, digits and -"),
        BadConfiguration(
            "a stale journal",
            smallest("journal:", "journal:\n  staleness: 5s"),
            "journal.staleness",
            line: 4,
            says: "at least 6s"
        ),
        BadConfiguration(
            "a journal that is stale before a call is too late",
            smallest("journal:", "journal:\n  staleness: 10s") + "\nworker: {sendBefore: 12s}",
            "journal.staleness",
            line: 4,
            says: "at least 13s"
        ),
        BadConfiguration(
            "a drain that lets go of calls that may still be sent",
            smallest + "\nworker: {drainCalls: 2s}",
            "worker.drainCalls",
            line: 21,
            says: "at least 5s"
        ),
        BadConfiguration(
            "no nodes",
            smallest("[amqp://localhost]", "[]"),
            "broker.nodes",
            line: 2,
            says: "names no node"
        ),
        BadConfiguration(
            "no AMQP URI",
            smallest("amqp://localhost", "http://me:canary-uri@localhost"),
            "broker.nodes",
            line: 2,
            says: "amqp://"
        ),
        BadConfiguration(
            "two passwords",
            smallest("[amqp://localhost]", "[amqp://me:canary-uri@localhost]\n  passwordEnv: RABBIT_PASSWORD"),
            "broker.nodes",
            line: 2,
            says: "password"
        ),
        BadConfiguration(
            "half a second of heartbeat",
            smallest("[amqp://localhost]", "[amqp://localhost]\n  heartbeat: 1500ms"),
            "broker.heartbeat",
            line: 3,
            says: "whole number of seconds"
        ),
        BadConfiguration(
            "a CA file that is not there",
            smallest("[amqp://localhost]", "[amqps://localhost]\n  caFile: /nowhere/ca.pem"),
            "broker.caFile",
            line: 3,
            says: "cannot be read"
        ),
        BadConfiguration(
            "a CA file for nothing",
            smallest("[amqp://localhost]", "[amqp://localhost]\n  caFile: /dev/null"),
            "broker.caFile",
            line: 3,
            says: "no node is amqps"
        ),
        BadConfiguration(
            "a certificate alone",
            smallest("[amqp://localhost]", "[amqps://localhost]\n  certificateFile: /dev/null"),
            "broker.certificateFile",
            line: 3,
            says: "stands alone"
        ),
        BadConfiguration(
            "a queue name of the broker's",
            smallest("journal:", "  names: {dead: amq.dead}\njournal:"),
            "broker.names.dead",
            line: 3,
            says: "do not begin with amq."
        ),
        BadConfiguration(
            "one queue for two",
            smallest("journal:", "  names: {dead: copy.parking}\njournal:"),
            "broker.names.parking",
            line: 3,
            says: "broker.names.dead already"
        ),
        BadConfiguration(
            "no endpoint scheme",
            smallest("https://west", "west"),
            "resources.west.endpoint",
            line: 7,
            says: "https://"
        ),
        BadConfiguration(
            "an endpoint with a path",
            smallest("azure.com\n    armId: \(armID)/west", "azure.com/formrecognizer\n    armId: \(armID)/west"),
            "resources.west.endpoint",
            line: 7,
            says: "no path"
        ),
        BadConfiguration(
            "an endpoint with a user",
            smallest("https://west", "https://u:canary-uri@west"),
            "resources.west.endpoint",
            line: 7,
            says: "must not hold a user"
        ),
        BadConfiguration(
            "a plain endpoint",
            smallest("https://west", "http://west"),
            "resources.west.endpoint",
            line: 7,
            says: "in the clear"
        ),
        BadConfiguration(
            "no ARM id",
            smallest("\(armID)/west", "/subscriptions/1/west"),
            "resources.west.armId",
            line: 8,
            says: "Microsoft.CognitiveServices"
        ),
        BadConfiguration(
            "a region's long name",
            smallest("westus2", "West US 2"),
            "resources.west.region",
            line: 9,
            says: "Write e.g. westus2."
        ),
        BadConfiguration(
            "no key",
            smallest("\n    keyEnv: WEST_KEY", ""),
            "resources.west",
            line: 6,
            says: "has no key"
        ),
        BadConfiguration(
            "two keys",
            smallest("keyEnv: WEST_KEY", "keyEnv: WEST_KEY\n    keyFile: /dev/null"),
            "resources.west.keyFile",
            line: 11,
            says: "not both"
        ),
        BadConfiguration(
            "a variable that is not set",
            smallest("WEST_KEY", "NO_KEY"),
            "resources.west.keyEnv",
            line: 10,
            says: "NO_KEY is not set"
        ),
        BadConfiguration(
            "a version of another kind",
            smallest("region: westus2", "region: westus2\n    apiVersions: {document-model: v3.3}"),
            "resources.west.apiVersions.document-model",
            line: 10,
            says: "v2.0-preview, v2.0, v2.1"
        ),
        BadConfiguration(
            "a budget of nothing",
            smallest("region: westus2", "region: westus2\n    budget: {share: 0}"),
            "resources.west.budget.share",
            line: 10,
            says: "0.001 to 1"
        ),
        BadConfiguration(
            "a resource's name in capitals",
            smallest("  east:", "  East:\n    region: x\n  east:"),
            "resources.East",
            line: 11,
            says: "small letters"
        ),
        BadConfiguration(
            "a resource's name with a dot",
            smallest("  east:", "  a.b:\n    region: x\n  east:"),
            "resources.a.b",
            line: 11,
            says: "small letters"
        ),
        BadConfiguration(
            "a route to nowhere",
            smallest("to: east", "to: eastt"),
            "routes.west-to-east.to",
            line: 19,
            says: "Did you mean east?"
        ),
        BadConfiguration(
            "a route without source",
            smallest("from: west\n    ", ""),
            "routes.west-to-east.from",
            line: 17,
            says: "is missing"
        ),
        BadConfiguration(
            "an unknown kind",
            smallest("[document-model]", "[spreadsheet]"),
            "routes.west-to-east.kinds",
            line: 20,
            says: "unknown kind \"spreadsheet\""
        ),
        BadConfiguration(
            "a route for nothing",
            smallest("[document-model]", "[]"),
            "routes.west-to-east.kinds",
            line: 20,
            says: "allows nothing"
        ),
        BadConfiguration(
            "no routes",
            smallest("routes:\n  west-to-east:\n    from: west\n    to: east\n    kinds: [document-model]", "routes:"),
            "routes",
            line: 16,
            says: "every request would be refused"
        ),
    ]

    @Test("is found, with its key, its line and what to do", arguments: single)
    func isFound(bad: BadConfiguration) throws {
        let found = problems(bad.text)
        #expect(found.count == 1, "\(found)")
        let problem = try #require(found.first)
        #expect(problem.key == bad.key)
        #expect(problem.line == bad.line)
        #expect("\(problem.message) \(problem.advice)".contains(bad.says), "\(problem)")
        #expect(!"\(problem)".contains("canary"))
    }

    @Test("all problems come at once, in the order of the file")
    func allAtOnce() throws {
        let text = """
            broker: {nodes: [], topology: maybe}
            worker: {slots: 0, polPeriod: 1s}
            resources:
              west: {endpoint: ftp://x, region: westus2, armId: x, keyEnv: NO_KEY}
            routes:
              a: {from: west, to: east, kinds: [x]}
            """
        let found = problems(text)
        #expect(
            found.map(\.key) == [
                "broker.nodes", "broker.topology", "worker.polPeriod", "worker.slots", "resources.west.endpoint",
                "resources.west.armId", "resources.west.keyEnv", "routes.a.to", "routes.a.kinds", "journal.path",
            ]
        )
    }

    @Test("an empty file lacks what is required", arguments: ["", "# nothing\n", "{}", "~"])
    func empty(text: String) {
        #expect(problems(text).map(\.key) == ["broker.nodes", "journal.path", "resources", "routes"])
    }

    @Test("a list at the top is no configuration")
    func listAtTop() {
        #expect(problems("[a, b]").map(\.message) == ["must be a section with keys of its own"])
    }

    @Test("a value from the environment is blamed on its variable")
    func variable() throws {
        let found = problems(smallest, ["COPY_WORKER_WORKER_SLOTS": "x"])
        #expect(found.map(\.variable) == ["COPY_WORKER_WORKER_SLOTS"] && found.first?.line == nil)
    }

    @Test("the error reads as a list of what to do")
    func description() throws {
        let error = ConfigurationError(file: "/etc/w.yaml", problems: problems(smallest("westus2", "West US 2")))
        #expect(
            "\(error)" == """
                /etc/w.yaml: 1 problem
                  line 9: resources.west.region: "West US 2" is no region's short name
                    -> Write e.g. westus2.
                """
        )
    }

    @Test("an empty or broken key is not shown", arguments: ["", "  ", "canary key", "canary\u{1}", "canäry"])
    func badKeys(key: String) throws {
        let found = problems(smallest, ["WEST_KEY": key])
        #expect(found.map(\.key) == ["resources.west.keyEnv"])
        #expect(!"\(found)".contains("can"), "\(found)")
    }

    @Test("a secret written where its place belongs is not shown", arguments: ["keyEnv", "keyFile"])
    func misplacedKey(name: String) {
        let key = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
        let found = problems(smallest("keyEnv: WEST_KEY", "\(name): \(key)"))
        #expect(found.map(\.key) == ["resources.west.\(name)"])
        #expect(!"\(found)".contains(key))
    }

    @Test(
        "plain http is allowed on this host, or when it is allowed",
        arguments: [
            "http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080",
        ]
    )
    func loopback(endpoint: String) throws {
        #expect(problems(smallest("https://west.cognitiveservices.azure.com", endpoint)).isEmpty)
        let elsewhere = smallest("https://west", "http://west")
        #expect(problems(elsewhere + "\nazure: {allowPlainHTTP: true}").isEmpty)
    }
}
