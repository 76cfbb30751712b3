import AMQP
import Foundation
import Testing

@Suite("A damaged record")
struct DamagedRecordTests {
    @Test("costs one message, which is parked with the reason; the other requests of the dead worker end")
    func one() async throws {
        var options = World.Options()
        options.copySeconds = 5
        options.staleness = "6s"
        try await World.with(options) { world in
            try await Client.with(world) { client in
                let first = try world.startWorker("first")
                let requests = (0..<8).map { Requests.model("m-\($0)", source: 0, item: $0, target: $0 % 2) }
                try await client.submit(all: requests)
                let isUnderWay = try await eventually(within: .seconds(60)) {
                    try await world.admin.report()["copies"].elements.count == 8
                }
                try #require(isUnderWay)
                await first.killAndWait()
                try JournalShell.run("UPDATE request SET checkpoint = '{\"edited\":1}' WHERE id = 'm-3'", in: world)

                let second = try world.startWorker("second")
                let others = (0..<8).filter { $0 != 3 }.map { "m-\($0)" }
                let missing = await client.waitForOutcomes(of: others, within: .seconds(120))
                #expect(missing.isEmpty)
                let isRefused = await eventually(within: .seconds(60)) {
                    client.events.contains { $0.name == "rejected" && $0.request == "m-3" }
                }
                #expect(isRefused)
                let refusals = client.events.filter { $0.name == "rejected" }
                #expect(refusals.map(\.request) == ["m-3"])
                #expect(refusals.map { $0.json["data"]["error"]["code"].string } == ["record_unreadable"])
                let parked = try await client.peek(1, in: "copy.parking", of: world)
                #expect(parked.map(\.messageID) == ["m-3"])
                #expect(client.outcomes(of: "m-3").isEmpty)
                for id in others { #expect(client.outcomes(of: id).map(\.name) == ["succeeded"]) }
                #expect(try await second.readyz().status == 200)
                await second.killAndWait()
            }
        }
    }
}
