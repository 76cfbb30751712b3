import Foundation
import Testing

@Suite("Secrets")
struct SecretsTests {
    @Test(
        """
        no key, client secret, assertion, token or password in any log, event, header or process list, at trace level; \
        Azure and Entra ID got them all
        """
    )
    func canaries() async throws {
        let directory = Directory([
            World.source(0): .clientSecret, World.target(0): .workload, World.source(2): .metadata,
            World.target(2): .appService, World.target(3): .wrongSecret,
        ])
        var options = World.Options()
        options.sources = 3
        options.targets = 4
        options.directory = directory
        options.logLevel = "trace"
        options.worker = "  limits: {lostCopyWatch: 15s, lostImportWatch: 10s}"
        options.copySeconds = 2
        try await World.with(options) { world in
            let worker = try world.startWorker("worker")
            try await Client.with(world) { client in
                // Failures speak more than successes: throttled, refused, failed, lost and stuck calls are among them.
                for (call, fault) in [
                    ("authorize", "throttle"), ("copy", "answerLost"), ("copy", "copyFails"), ("import", "error500"),
                    ("import", "answerLost"), ("copyResult", "error503"), ("authorizeCopy", "throttle"),
                    ("copyTo", "answerLost"), ("copyTo", "copyFails"), ("token", "error500"),
                ] {
                    try await world.admin.post("/faults", ["call": call, "fault": fault, "count": 1])
                }
                var mixed = world.options
                mixed.targets = 3
                let requests =
                    Requests.mixture(20, options: mixed, prefix: "secret")
                    + (0..<4).flatMap { number in
                        [Family.document, .classifier].map {
                            $0.request("secret-\($0)-\(number)", source: number % 3, item: number, target: number)
                        }
                    }
                try await client.submit(all: requests)
                let processes = try processList()
                let ids = requests.compactMap { $0["id"] as? String }
                let missing = await client.waitForOutcomes(of: ids, within: .seconds(240))
                #expect(missing.isEmpty)

                var secrets = world.resources.values.compactMap { $0["key"].string } + [world.broker.password]
                secrets += directory.secrets
                secrets += try await world.admin.get("/tokens").elements.compactMap(\.string)
                #expect(secrets.count > 20)
                for id in ["secret-document-3", "secret-classifier-3"] {
                    let code = client.outcomes(of: id).first?.json["data"]["error"]["code"].string
                    #expect(code == "credential_refused", "Entra ID said why in its own words")
                }

                let events = client.events.map { event in
                    String(decoding: event.body, as: UTF8.self) + event.headers.description
                }
                let places = ["the log": worker.log, "events": events.joined(), "the process list": processes]
                #expect(worker.log.contains("\"trace\"") || worker.log.contains("\"debug\""))
                for (place, text) in places {
                    for secret in secrets where !secret.isEmpty {
                        #expect(!text.contains(secret), "\(place)")
                    }
                }

                let headers = try await world.admin.get("/report/headers")
                let received = String(describing: headers)
                for (name, resource) in world.resources where directory.ways[name] == nil {
                    #expect(received.contains(resource["key"].string ?? "?"), "the positive control")
                }
                let asked = try await world.admin.report()["tokenRequests"]
                for (kind, way) in [
                    ("clientSecret", Directory.Way.clientSecret), ("federated", .workload), ("imds", .metadata),
                    ("appService", .appService),
                ] {
                    #expect((asked[kind][way.client]["issued"].int ?? 0) > 0, "the positive control of \(way)")
                }
                let mode = try FileManager.default.attributesOfItem(atPath: world.journalFile.path)[.posixPermissions]
                #expect((mode as? NSNumber)?.intValue == 0o600)
            }
            await worker.killAndWait()
        }
    }
}

private func processList() throws -> String {
    var text = ""
    for entry in try FileManager.default.contentsOfDirectory(atPath: "/proc") where Int(entry) != nil {
        text += (try? String(contentsOfFile: "/proc/\(entry)/cmdline", encoding: .utf8)) ?? ""
    }
    return text
}
