import Foundation
import Testing

@Suite("Commands, parked messages, orphans and the pool's journal, with the programs themselves")
struct OfficeTests {
    @Test("copyctl cancel: a copy under way ends cancelled, and nothing of it is left")
    func cancel() async throws {
        var options = World.Options()
        options.copySeconds = 8
        try await World.with(options) { world in
            let workers = [try world.startWorker("worker-0"), try world.startWorker("worker-1")]
            try await Client.with(world) { client in
                try await client.submit(Requests.model("r", source: 0, item: 0, target: 0))
                let isCopying = await eventually(within: .seconds(60)) {
                    client.events.contains { $0.json["data"]["phase"].string == "copying" }
                }
                #expect(isCopying)
                let result = try await world.copyctl(["cancel", "r", "never-heard-of"])
                #expect(result.status == 0 && result.output == "r\nnever-heard-of\n", "\(result.output)")
                let hasEnded = await eventually(within: .seconds(60)) { !client.outcomes(of: "r").isEmpty }
                #expect(hasEnded)
                let outcome = client.outcomes(of: "r").first
                #expect(outcome?.name == "cancelled")
                #expect(outcome?.json["data"]["leftBehind"].elements.isEmpty == true)
                // The other one is cancelled before it begins.
                try await client.submit(Requests.model("never-heard-of", source: 0, item: 1, target: 0))
                let isCancelled = await eventually(within: .seconds(30)) {
                    client.outcomes(of: "never-heard-of").first?.name == "cancelled"
                }
                #expect(isCancelled)
                let report = try await world.admin.report()
                #expect(report["authorizations"]["issued"].int == 1)
            }
            for worker in workers { await worker.killAndWait() }
        }
    }

    @Test("copyctl parking: list, show, replay and drop")
    func parking() async throws {
        try await World.with { world in
            let worker = try world.startWorker("worker")
            try await Client.with(world) { client in
                var bad = Requests.model("bad", source: 0, item: 0, target: 0)
                bad["target"] = ["resource": "source-1"]
                try await client.submit(bad)
                let isRejected = await eventually(within: .seconds(60)) {
                    client.events.contains { $0.name == "rejected" }
                }
                #expect(isRejected)
                var lists: Set<String> = []
                for _ in 0..<3 {
                    let list = try await world.copyctl(["parking", "list"])
                    #expect(list.status == 0)
                    lists.insert(list.output)
                }
                let line = try #require(lists.first)
                #expect(lists.count == 1 && line.contains("route_not_allowed") && line.contains("bad"), "\(lists)")
                let shown = try await world.copyctl(["parking", "show", "bad"])
                #expect(shown.output.contains("from: copy.requests") && shown.output.contains("document-model"))

                let replayed = try await world.copyctl(["parking", "replay", "--all"])
                #expect(replayed.status == 0 && replayed.output.contains("bad"), "\(replayed.output)")
                let isRejectedAgain = await eventually(within: .seconds(30)) {
                    client.events.count { $0.name == "rejected" } == 2
                }
                #expect(isRejectedAgain)
                #expect(try await world.copyctl(["parking", "drop", "nothing"]).status == 3)
                let dropped = await eventually(within: .seconds(30)) {
                    (try? await world.copyctl(["parking", "drop", "bad"]).status) == 0
                }
                #expect(dropped)
                #expect(try await world.copyctl(["parking", "list"]).output.isEmpty)
                #expect(try await world.copyctl(["parking", "replay"]).status == 2)
            }
            await worker.killAndWait()
        }
    }

    @Test("copyctl orphans: what a lost authorization may have made is listed, with its suspect")
    func orphans() async throws {
        try await World.with { world in
            let worker = try world.startWorker("worker")
            try await world.admin.post("/faults", ["call": "authorize", "fault": "answerLost", "count": 1])
            try await Client.with(world) { client in
                try await client.submit(Requests.model("r", source: 0, item: 0, target: 0))
                #expect(await client.waitForOutcomes(of: ["r"], within: .seconds(90)).isEmpty)
            }
            let text = await World.end(of: try world.startProgram("copyctl", ["orphans"]))
            #expect(text.status == 0 && text.output.contains("target-0  an empty model made between"), "\(text.output)")
            let json = await World.end(of: try world.startProgram("copyctl", ["orphans", "--json"]))
            let orphan = try JSON(parsing: Array(json.output.utf8))
            #expect(orphan["requestId"].string == "r" && orphan["type"].string == "empty-model")
            #expect(orphan["suspects"].elements.count == 1)
            let mine = await World.end(of: try world.startProgram("copyctl", ["orphans", "--needs-person"]))
            #expect(mine.status == 0 && mine.output.isEmpty)

            let known = await World.end(of: try world.startProgram("copyctl", ["journal", "request", "r"]))
            #expect(known.status == 0 && known.output.contains("state: succeeded"), "\(known.output)")
            #expect(known.output.contains("owes: \(orphan["number"].int ?? 0)  r  target-0"), "\(known.output)")
            let unknown = await World.end(of: try world.startProgram("copyctl", ["journal", "request", "x"]))
            #expect(unknown.status == 3, "\(unknown.output)")
            try JournalShell.run("UPDATE request SET plan = 'x' WHERE id = 'r'", in: world)
            let hurt = await World.end(of: try world.startProgram("copyctl", ["journal", "request", "r"]))
            #expect(hurt.status == 3 && hurt.output.contains("cannot be read"), "\(hurt.output)")
            let still = await World.end(of: try world.startProgram("copyctl", ["orphans"]))
            #expect(still.status == 0 && still.output.contains("its request cannot be read"), "\(still.output)")
            try JournalShell.run("UPDATE obligation SET record = 'x'", in: world)
            let unreadable = await World.end(of: try world.startProgram("copyctl", ["orphans", "--needs-person"]))
            #expect(unreadable.output.contains("cannot be read and needs a person"), "\(unreadable.output)")

            let number = "\(orphan["number"].int ?? 0)"
            for (status, output) in [(0, number + "\n"), (3, "copyctl: nothing with the number \(number) stands\n")] {
                let settled = await World.end(of: try world.startProgram("copyctl", ["orphans", "settle", number]))
                #expect(settled.status == status && settled.output == output, "\(settled.output)")
            }
            let none = await World.end(of: try world.startProgram("copyctl", ["orphans"]))
            #expect(none.status == 0 && none.output.isEmpty, "\(none.output)")
            await worker.killAndWait()
        }
    }

    @Test("a worker with another journal than its pool's takes nothing until copyctl journal accept")
    func journal() async throws {
        try await World.with { world in
            let none = await World.end(of: try world.startProgram("copyctl", ["journal", "show"]))
            #expect(none.status == 2 && none.output.contains("no journal"), "\(none.output)")
            let first = try world.startWorker("first")
            try await Client.with(world) { client in
                try await client.submit(Requests.model("one", source: 0, item: 0, target: 0))
                #expect(await client.waitForOutcomes(of: ["one"], within: .seconds(90)).isEmpty)
                let agreed = await World.end(of: try world.startProgram("copyctl", ["journal", "show"]))
                #expect(agreed.status == 0 && agreed.output.contains("is the one"), "\(agreed.output)")
                first.signal(SIGTERM)
                await first.waitForExit(within: .seconds(30))

                for suffix in ["", "-wal", "-shm"] {
                    try? FileManager.default.removeItem(at: URL(filePath: world.journalFile.path + suffix))
                }
                let second = try world.startWorker("second")
                let says = await eventually(within: .seconds(60)) { second.log.contains("copyctl journal accept") }
                #expect(says, "\(second.log)")
                try await client.submit(Requests.model("two", source: 0, item: 1, target: 0))
                // A worker that takes requests would have ended this one by then or be copying it.
                try await Task.sleep(for: .seconds(3))
                #expect(client.outcomes(of: "two").isEmpty)
                let other = await World.end(of: try world.startProgram("copyctl", ["journal", "show"]))
                #expect(other.status == 3 && other.output.contains("share the journal"), "\(other.output)")
                let accepted = await World.end(of: try world.startProgram("copyctl", ["journal", "accept"]))
                #expect(accepted.status == 0, "\(accepted.output)")
                #expect(await client.waitForOutcomes(of: ["two"], within: .seconds(60)).isEmpty)
                await second.killAndWait()
            }
        }
    }
}
