import Foundation
import Testing

@Suite("The journal goes away")
struct JournalAwayTests {
    @Test("locked for 20 s by another process while copies run: polling goes on, nothing is begun, every outcome once")
    func locked() async throws {
        try await World.with(Self.options) { world in
            try await play(in: world) {
                let lock = try JournalLock(world.journalFile.path)
                return { try lock.letGo() }
            }
        }
    }

    @Test(
        "on a disk that is full for 20 s while copies run: polling goes on, nothing is begun, every outcome once",
        .enabled(if: SmallDisk.isPossible, "needs the right to mount")
    )
    func full() async throws {
        let disk = try SmallDisk(megabytes: 16)
        var options = Self.options
        options.journalFolder = disk.folder
        try await World.with(options) { world in
            try await play(in: world) {
                // Otherwise there is room left in the log of a journal that has written it back.
                try JournalShell.run("PRAGMA wal_checkpoint(TRUNCATE)", in: world)
                try disk.fill()
                let log = try FileManager.default.attributesOfItem(atPath: world.journalFile.path + "-wal")
                try #require(try #require(log[.size] as? Int) < 1 << 20)
                return { try disk.empty() }
            }
        }
    }

    private static var options: World.Options {
        var options = World.Options()
        options.sources = 5
        options.targets = 5
        options.items = 20
        options.copySeconds = 30
        options.copySpread = 0.1
        return options
    }

    /// Takes the journal away from two workers in the middle of their work for 20 s.
    /// - Parameter takeAway: takes it away, and returns what gives it back.
    private func play(in world: World, takeAway: @escaping @Sendable () throws -> () throws -> Void) async throws {
        let workers = [try world.startWorker("worker-0"), try world.startWorker("worker-1")]
        try await Client.with(world) { client in
            let early = Requests.mixture(60, options: world.options, prefix: "early")
            let late = Requests.mixture(20, options: world.options, prefix: "late")
            let ids = (early + late).compactMap { $0["id"] as? String }
            try await client.submit(all: early)
            let isBusy = try await eventually(within: .seconds(60)) { try await polls(world.admin.report()) > 30 }
            try #require(isBusy)

            let giveBack = try takeAway()
            let end = ContinuousClock.now + .seconds(20)
            try await client.submit(all: late)
            // What was saved before is sent within 5 s, or not at all.
            try await ContinuousClock().sleep(for: .seconds(8))
            let before = try await world.admin.report()
            for worker in workers {
                let readiness = try await worker.readyz()
                #expect(readiness.status == 503)
                #expect(readiness.body.contains("journal"), "\(readiness.body)")
            }
            try await ContinuousClock().sleep(until: end)
            let after = try await world.admin.report()
            try giveBack()
            #expect(sideEffects(after) == sideEffects(before))
            #expect(sideEffects(before)["copy", default: 0] + sideEffects(before)["import", default: 0] > 0)
            #expect(polls(after) > polls(before))

            let missing = await client.waitForOutcomes(of: ids, within: .seconds(180))
            #expect(missing.isEmpty)
            for worker in workers {
                #expect(worker.isRunning)
                let isReady = await eventually(within: .seconds(30)) { (try? await worker.readyz().status) == 200 }
                #expect(isReady)
            }
            try await expectOnceEach(ids, client: client, world: world)
            #expect(try await world.admin.report()["authorizations"]["reused"].int == 0)
        }
        for worker in workers { await worker.killAndWait() }
    }

    private func sideEffects(_ report: JSON) -> [String: Int] {
        let reading = ["get", "list", "copyResult", "token"]
        return calls(report).filter { name, _ in !reading.contains { name.hasPrefix($0) } }
    }

    private func polls(_ report: JSON) -> Int {
        report["copies"].elements.reduce(0) { $0 + ($1["polls"].int ?? 0) }
    }

    private func calls(_ report: JSON) -> [String: Int] {
        report["calls"].members.values.reduce(into: [:]) { total, calls in
            for (name, count) in calls.members { total[name, default: 0] += count.int ?? 0 }
        }
    }
}
