import CopyDomain
import Testing

@testable import WorkerConfiguration

@Suite("The reference of keys")
struct ReferenceTests {
    @Test("no key is there twice")
    func distinct() {
        let keys = ConfigurationReference.keys.map(\.dotted)
        #expect(Set(keys).count == keys.count)
    }

    @Test("what is documented is what is loaded, and nothing else")
    func complete() throws {
        // Optional keys have no entry unless they are given, so all of them are, except those that exclude each other.
        let entries = try load(full).entries.map { entry in
            (["credentials", "resources", "routes"].contains(entry.path[0])
                ? [entry.path[0], "<name>"] + entry.path[2...] : entry.path)
                .joined(separator: ".")
        }
        let exclusive: Set = [
            "broker.passwordFile", "broker.caFile", "broker.certificateFile", "broker.keyFile",
            "resources.<name>.keyFile", "credentials.<name>.clientSecretFile", "azure.proxy.passwordFile",
        ]
        #expect(Set(entries).union(exclusive) == Set(ConfigurationReference.keys.map(\.dotted)))
    }

    @Test("a documented default is the default that takes effect")
    func defaults() throws {
        let entries = try load(smallest).entries.filter { $0.origin == .builtIn }
        #expect(entries.count > 40)
        for entry in entries {
            let pattern =
                entry.path.first == "resources" ? ["resources", "<name>"] + entry.path.dropFirst(2) : entry.path
            let key = try #require(ConfigurationReference.keys.first { $0.path == Array(pattern) })
            // Budgets have two defaults, which their meaning tells.
            guard let documented = key.defaultValue else { continue }
            switch entry.value {
            case .plain(let text), .text(let text): #expect(text == documented)
            case .list(let texts): #expect(texts.joined(separator: ", ") == documented)
            }
        }
    }

    @Test("the smallest configuration gives every required key and no other without need")
    func required() throws {
        let given = try load(smallest).entries.filter { $0.origin == .file }.map { entry in
            (["credentials", "resources", "routes"].contains(entry.path[0])
                ? [entry.path[0], "<name>"] + entry.path[2...] : entry.path)
                .joined(separator: ".")
        }
        // Of the sections that have to be there.
        let required = ConfigurationReference.keys.filter { $0.isRequired && $0.path[0] != "credentials" }.map(\.dotted)
        #expect(Set(given) == Set(required).union(["resources.<name>.keyEnv"]))
    }

    @Test("the table has a row of four cells for every key")
    func markdown() {
        let lines = ConfigurationReference.markdown.split(separator: "\n")
        #expect(lines.count == ConfigurationReference.keys.count + 2)
        for (line, key) in zip(lines.dropFirst(2), ConfigurationReference.keys) {
            #expect(line.split(separator: " | ").count == 4 && line.hasPrefix("| `\(key.dotted)` | "), "\(line)")
            #expect(!key.meaning.hasSuffix("."))
        }
        #expect(
            lines.contains(
                "| `worker.pollPeriod` | duration, 100ms to 1m | `1s` | time from one poll of a copy to the next, at least |"
            )
        )
        #expect(lines.contains { $0.hasPrefix("| `resources.<name>.endpoint` | text | required | ") })
    }

    @Test(
        "variables are spelt as swift-configuration spells keys",
        arguments: [
            (["worker", "pollPeriod"], "COPY_WORKER_WORKER_POLL_PERIOD"),
            (["resources", "invoices-westus2", "armId"], "COPY_WORKER_RESOURCES_INVOICES_WESTUS2_ARM_ID"),
            (["azure", "allowPlainHTTP"], "COPY_WORKER_AZURE_ALLOW_PLAIN_HTTP"),
            (["worker", "deadlines", "document-model"], "COPY_WORKER_WORKER_DEADLINES_DOCUMENT_MODEL"),
        ]
    )
    func variables(path: [String], name: String) {
        #expect(EnvironmentNames.name(of: path) == name)
    }
}

@Suite("The effective configuration")
struct EffectiveTests {
    @Test("shows no secret, and says where values come from")
    func noSecrets() throws {
        let text = smallest("amqp://localhost", "amqp://me:canary-uri@localhost")
        let effective = try load(text, ["COPY_WORKER_WORKER_SLOTS": "7"]).effective()
        #expect(!effective.contains("canary"))
        #expect(effective.contains("  nodes: [\"amqp://me:***@localhost\"]\n"))
        #expect(effective.contains("  slots: 7  # from COPY_WORKER_WORKER_SLOTS\n"))
        #expect(effective.contains("  pollPeriod: 1s  # default\n"))
        #expect(effective.contains("    region: \"westus2\"\n"))
    }

    @Test("loads again, and is the same then", arguments: [smallest, full])
    func fixedPoint(text: String) throws {
        let once = try load(text).effective()
        let twice = try load(once).effective()
        let uncommented = once.split(separator: "\n").map { line in
            line.firstRange(of: "  # ").map { String(line[..<$0.lowerBound]) } ?? String(line)
        }
        #expect(twice == uncommented.joined(separator: "\n") + "\n")
    }

    @Test("is the same text every time")
    func deterministic() throws {
        let first = try load(full).effective()
        #expect(try (0..<5).allSatisfy { _ in try load(full).effective() == first })
    }
}

@Suite("Values")
struct ValueTests {
    @Test(
        "durations are read and written",
        arguments: [
            ("0s", 0), ("250ms", 250), ("15s", 15_000), ("90s", 90_000), ("5m", 300_000), ("2h", 7_200_000),
            ("30d", 2_592_000_000), ("007s", 7000),
        ]
    )
    func durations(text: String, milliseconds: Int) {
        #expect(DurationText.parse(text) == .milliseconds(milliseconds))
        #expect(DurationText.parse(DurationText.format(.milliseconds(milliseconds))) == .milliseconds(milliseconds))
    }

    @Test(
        "what is no duration is refused",
        arguments: [
            "", "5", "s", "5 s", "-5s", "1.5s", "5sec", "5S", "1h30m", "99999999999999999999s", "9223372036854775807d",
            "٣s",
        ]
    )
    func noDuration(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(
        "the largest unit that fits is written",
        arguments: [
            (90_000, "90s"), (120_000, "2m"), (1500, "1500ms"), (86_400_000, "1d"), (0, "0ms"),
        ]
    )
    func format(milliseconds: Int, text: String) {
        #expect(DurationText.format(.milliseconds(milliseconds)) == text)
    }

    @Test(
        "endpoints are reduced to scheme, host and port",
        arguments: [
            ("https://A.example", "https://a.example"), ("HTTPS://a.example/", "https://a.example"),
            ("http://127.0.0.1:80", "http://127.0.0.1:80"), ("http://[::1]:8080/", "http://[::1]:8080"),
        ]
    )
    func endpoints(text: String, expected: String) throws {
        #expect(try EndpointURL(text).text == expected)
    }

    @Test(
        "what is no endpoint is refused",
        arguments: [
            "", "https://", "https:///x", "a.example", "ftp://a", "https://a?x", "https://a#x", "https://a/b",
            "https://u@a",
            "https://a:", "https://a:0", "https://a:65536", "https://a:b", "https://a b", "https://[::1", "https://a\n",
        ]
    )
    func noEndpoint(text: String) {
        #expect(throws: EndpointURL.Fault.self) { try EndpointURL(text) }
    }

    @Test(
        "only real loopback addresses are this host",
        arguments: [
            ("http://localhost", true), ("http://127.8.9.1", true), ("http://[::1]:80", true),
            ("http://127.0.0.evil", false), ("http://127.0.0.1.evil", false), ("http://localhost.evil", false),
            ("http://10.0.0.1", false), ("http://127..0.1", false),
        ]
    )
    func loopback(text: String, isLoopback: Bool) throws {
        #expect(try EndpointURL(text).isLoopback == isLoopback)
    }

    @Test(
        "listen addresses",
        arguments: [
            ("127.0.0.1:8080", "127.0.0.1", 8080), ("[::]:0", "::", 0), ("localhost:1", "localhost", 1),
        ]
    )
    func listen(text: String, host: String, port: Int) {
        #expect(ListenAddress(text) == ListenAddress(host: host, port: port))
        #expect(ListenAddress(text)?.description == text)
    }

    @Test(
        "what is no listen address is refused",
        arguments: ["", "8080", ":8080", "a:", "a:b", "::1:8080", "a:65536", "http://a:1"]
    )
    func noListen(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test(
        "the nearest word is suggested if it is near",
        arguments: [
            ("slot", "slots"), ("regoin", "region"), ("SLOTS", "slots"), ("xyz", nil), ("", nil),
        ] as [(String, String?)]
    )
    func suggestions(word: String, expected: String?) {
        #expect(Suggestion.nearest(to: word, among: ["slots", "region", "pollPeriod"]) == expected)
    }
}
