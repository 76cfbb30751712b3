import BrokerSupport
import Foundation
import Testing

@Suite("The broker goes away")
struct BrokerAwayTests {
    @Test("stopped and started during 200 copies: all outcomes once, no copy repeated, the consumers come back")
    func restart() async throws {
        var options = World.Options()
        options.sources = 10
        options.targets = 10
        options.items = 20
        options.copySeconds = 6
        options.ownBroker = true
        try await World.with(options) { world in
            let workers = [try world.startWorker("worker-0"), try world.startWorker("worker-1")]
            try await Client.with(world) { client in
                let requests = Requests.mixture(200, options: world.options, prefix: "broker")
                let ids = requests.compactMap { $0["id"] as? String }
                try await client.submit(all: requests)
                _ = await eventually(within: .seconds(30)) { client.events.count { $0.name == "started" } > 50 }

                try await world.broker.broker.stop()
                try await ContinuousClock().sleep(for: .seconds(3))
                try await world.broker.broker.resume()

                let missing = await client.waitForOutcomes(of: ids, within: .seconds(180))
                #expect(missing.isEmpty)
                #expect(workers.allSatisfy { $0.isRunning })
                let after = Requests.mixture(10, options: world.options, prefix: "after")
                try await client.submit(all: after)
                let late = await client.waitForOutcomes(
                    of: after.compactMap { $0["id"] as? String },
                    within: .seconds(60)
                )
                #expect(late.isEmpty, "the consumers are not back")

                try await expectOnceEach(ids + after.compactMap { $0["id"] as? String }, client: client, world: world)
                let report = try await world.admin.report()
                #expect(report["authorizations"]["reused"].int == 0)
            }
            for worker in workers { await worker.killAndWait() }
        }
    }

    @Test("away at the start: the worker waits for it")
    func awayAtStart() async throws {
        var options = World.Options()
        options.ownBroker = true
        try await World.with(options) { world in
            try await world.broker.broker.stop()
            let worker = try world.startWorker("worker")
            _ = await eventually(within: .seconds(20)) { worker.log.contains("unreachable") }
            #expect(worker.isRunning)
            try await world.broker.broker.resume()
            try await Client.with(world) { client in
                try await client.submit(Requests.model("waited", source: 0, item: 0, target: 0))
                #expect(await client.waitForOutcomes(of: ["waited"], within: .seconds(60)).isEmpty)
            }
            await worker.killAndWait()
        }
    }
}
