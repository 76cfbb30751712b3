import Foundation
import Testing

@Suite("Secrets")
struct SecretsTests {
    @Test("no key, token or password in any log, event, header or process list, at trace level; Azure got them all")
    func canaries() async throws {
        var options = World.Options()
        options.logLevel = "trace"
        options.worker = "  limits: {lostCopyWatch: 15s, lostImportWatch: 10s}"
        options.copySeconds = 2
        try await World.with(options) { world in
            let worker = try world.startWorker("worker")
            try await Client.with(world) { client in
                // Failures speak more than successes: throttled, refused, failed, lost and stuck calls are among them.
                for (call, fault) in [
                    ("authorize", "throttle"), ("copy", "answerLost"), ("copy", "copyFails"), ("import", "error500"),
                    ("import", "answerLost"), ("copyResult", "error503"),
                ] {
                    try await world.admin.post("/faults", ["call": call, "fault": fault, "count": 1])
                }
                let requests = Requests.mixture(20, options: world.options, prefix: "secret")
                try await client.submit(all: requests)
                let processes = try processList()
                let ids = requests.compactMap { $0["id"] as? String }
                let missing = await client.waitForOutcomes(of: ids, within: .seconds(240))
                #expect(missing.isEmpty)

                var secrets = world.resources.values.compactMap { $0["key"].string } + [world.broker.password]
                secrets += try await world.admin.get("/tokens").elements.compactMap(\.string)
                #expect(secrets.count > 10)

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
                for resource in world.resources.values {
                    #expect(received.contains(resource["key"].string ?? "?"), "the positive control")
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
