import Foundation
import Testing

@Suite("The same request again")
struct SameRequestTests {
    @Test("three times at once with two workers, and again after the end: one copy, the same bytes every time")
    func repeated() async throws {
        try await World.with { world in
            let workers = [try world.startWorker("worker-0"), try world.startWorker("worker-1")]
            try await Client.with(world) { client in
                let request = Requests.model("again", source: 0, item: 0, target: 0)
                try await client.submit(all: [request, request, request])
                _ = await eventually(within: .seconds(90)) { client.outcomes(of: "again").count >= 1 }
                let before = client.outcomes(of: "again").count
                try await client.submit(request)
                _ = await eventually(within: .seconds(60)) { client.outcomes(of: "again").count > before }

                let outcomes = client.outcomes(of: "again")
                #expect(outcomes.count > before)
                #expect(Set(outcomes.map(\.body)).count == 1)
                #expect(Set(outcomes.map(\.id)) == ["again#1#succeeded"])
                let report = try await world.admin.report()
                #expect(report["finishedPerRequest"]["again"].int == 1)
                #expect(report["authorizations"]["issued"].int == 1)
            }
            for worker in workers { await worker.killAndWait() }
        }
    }

    @Test("the same id with other content is rejected; the first one's outcome is untouched")
    func otherContent() async throws {
        try await World.with { world in
            let worker = try world.startWorker("worker")
            try await Client.with(world) { client in
                try await client.submit(Requests.model("one", source: 0, item: 0, target: 0))
                try await client.submit(Requests.model("one", source: 0, item: 1, target: 0))
                #expect(await client.waitForOutcomes(of: ["one"], within: .seconds(60)).isEmpty)
                try await client.submit(Requests.model("one", source: 0, item: 2, target: 1))
                let isRejectedTwice = await eventually(within: .seconds(30)) {
                    client.events.count { $0.name == "rejected" } == 2
                }
                #expect(isRejectedTwice)
                for event in client.events where event.name == "rejected" {
                    #expect(event.json["data"]["error"]["code"].string == "content_differs")
                }
                #expect(client.outcomes(of: "one").count == 1)
                #expect(client.outcomes(of: "one").first?.name == "succeeded")
                let report = try await world.admin.report()
                #expect(report["finishedPerRequest"]["one"].int == 1)
            }
            await worker.killAndWait()
        }
    }
}
