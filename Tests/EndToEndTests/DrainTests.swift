import AMQP
import Foundation
import Testing

@Suite("SIGTERM", .serialized)
struct DrainTests {
    @Test("with many copies in flight: all are handed back as new messages, and finish once after a new start")
    func drain() async throws {
        var options = World.Options()
        options.sources = 5
        options.targets = 5
        options.items = 60
        options.slots = 250
        options.copySeconds = 15
        options.copySpread = 0
        try await World.with(options) { world in
            let first = try world.startWorker("worker-0")
            try await Client.with(world) { client in
                let requests = (0..<200).map { number in
                    Requests.model("drain-\(number)", source: number % 5, item: number / 5, target: number % 5)
                }
                let ids = requests.compactMap { $0["id"] as? String }
                try await client.submit(all: requests)
                let areUnderWay = await eventually(within: .seconds(60)) {
                    Set(client.events.filter { $0.json["data"]["phase"].string == "copying" }.compactMap(\.request))
                        .count == 200
                }
                #expect(areUnderWay)

                let clock = ContinuousClock()
                let begin = clock.now
                first.signal(SIGTERM)
                let isGone = await first.waitForExit(within: .seconds(30))
                print("SIGTERM with 200 copies in flight: gone after \(clock.now - begin)")
                #expect(isGone)
                #expect(first.exitCode == 0)
                // Handed back, not redelivered: each waits as a new message, and none carries a delivery count.
                let waiting = try await client.peek(200, in: "copy.resume", of: world)
                #expect(waiting.count == 200)
                for message in waiting {
                    #expect(message.headers["x-delivery-count"] == nil)
                }

                let second = try world.startWorker("worker-1")
                let missing = await client.waitForOutcomes(of: ids, within: .seconds(120))
                #expect(missing.isEmpty)
                try await expectOnceEach(ids, client: client, world: world)
                let report = try await world.admin.report()
                #expect(report["authorizations"]["issued"].int == 200)
                await second.killAndWait()
            }
        }
    }
}
