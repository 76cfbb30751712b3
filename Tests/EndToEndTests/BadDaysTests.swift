import BrokerSupport
import Foundation
import Glibc
import Testing

/// The broker at its worst, under two real workers with copies of all families under way: each request ends with one
/// outcome and one target, and new ones are served as before.
@Suite("Bad days")
struct BadDaysTests {
    @Test("both request queues are deleted: what is under way ends, the workers declare and consume them anew")
    func queuesDeleted() async throws {
        try await play("deleted") { world, workers, client in
            let broker = world.broker
            // Everything is in the workers' hands: what only the queue has goes with it.
            let isTaken = await eventually(within: .seconds(30)) {
                client.events.count { $0.name == "accepted" } == Self.count
            }
            #expect(isTaken)
            for queue in ["copy.requests", "copy.resume"] {
                try await broker.broker.deleteQueue(queue, in: broker.name)
            }
            #expect(await eventually(within: .seconds(30)) { await broker.has(queue: "copy.requests") })
        }
    }

    @Test("nothing goes to the workers or comes from them for a while")
    func blackHole() async throws {
        try await play("hole") { world, workers, _ in
            let proxy = try #require(world.proxy)
            proxy.blackHole(.toClient, .toServer)
            try await expectNotReady(workers)
            try await ContinuousClock().sleep(for: .seconds(3))
            proxy.heal()
        }
    }

    @Test("the password is changed, the connections are lost; the workers wait until it is right again")
    func credentials() async throws {
        try await play("password") { world, workers, _ in
            let broker = world.broker
            try await broker.broker.changePassword(of: broker.user, to: "another one")
            try #require(world.proxy).reset()
            try await expectNotReady(workers, because: "loginRefused")
            try await broker.broker.changePassword(of: broker.user, to: broker.password)
        }
    }

    @Test("the broker is frozen for longer than the heartbeat")
    func frozen() async throws {
        try await play("frozen", ownBroker: true) { world, workers, _ in
            let node = try await world.broker.broker.processID()
            kill(node, SIGSTOP)
            defer { kill(node, SIGCONT) }
            try await expectNotReady(workers)
            try await ContinuousClock().sleep(for: .seconds(3))
        }
    }

    @Test("a memory alarm of 20 seconds: copies go on, their outcomes wait, readiness says so")
    func memoryAlarm() async throws {
        try await play("alarm", ownBroker: true) { world, workers, client in
            try await world.broker.broker.raiseMemoryAlarm()
            try await expectNotReady(workers, because: "blocked")
            let outcomes = client.outcomes.count
            try await ContinuousClock().sleep(for: .seconds(20))
            // A few may have been confirmed before the alarm and were still on their way here.
            #expect(client.outcomes.count < Self.count)
            #expect(client.outcomes.count - outcomes < 5)
            let haveFinished = try await eventually(within: .seconds(60)) {
                try await world.admin.report()["finishedPerRequest"].members.count == Self.count
            }
            #expect(haveFinished, "copies wait for the broker")
            try await world.broker.broker.clearMemoryAlarm()
        }
    }

    // MARK: - The play

    private static let count = 40

    /// Two workers begin, the bad day happens, and in the end everything is as it should be.
    private func play(
        _ name: String,
        ownBroker: Bool = false,
        _ badDay: @Sendable (World, [ProgramUnderTest], Client) async throws -> Void
    ) async throws {
        var options = World.Options()
        options.sources = 4
        options.targets = 4
        options.items = 20
        options.copySeconds = 4
        options.ownBroker = ownBroker
        options.proxied = true
        options.heartbeat = "2s"
        try await World.with(options) { world in
            let workers = [try world.startWorker("worker-0"), try world.startWorker("worker-1")]
            try await Client.with(world) { client in
                // Before its first connection a worker takes a wrong password for a mistake of its settings, and ends.
                try #require(await areReady(workers))
                let requests = Requests.mixture(Self.count, options: world.options, prefix: name)
                try await client.submit(all: requests)
                let hasBegun = await eventually(within: .seconds(30)) {
                    client.events.count { $0.name == "started" } >= Self.count / 2
                }
                #expect(hasBegun)

                try await badDay(world, workers, client)

                #expect(workers.allSatisfy { $0.isRunning })
                #expect(await areReady(workers))
                let late = Requests.mixture(4, options: world.options, prefix: "\(name)-after")
                try await client.submit(all: late)
                let ids = (requests + late).compactMap { $0["id"] as? String }
                let missing = await client.waitForOutcomes(of: ids, within: .seconds(90))
                #expect(missing.isEmpty)
                try await expectOnceEach(ids, client: client, world: world)
            }
            for worker in workers { await worker.killAndWait() }
        }
    }

    private func areReady(_ workers: [ProgramUnderTest]) async -> Bool {
        await eventually(within: .seconds(60)) {
            for worker in workers {
                guard await worker.readiness()?.isReady == true else { return false }
            }
            return true
        }
    }

    private func expectNotReady(
        _ workers: [ProgramUnderTest],
        because reason: String = "not connected",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for worker in workers {
            var last = ""
            let isNotReady = await eventually(within: .seconds(30)) {
                guard let readiness = await worker.readiness() else { return false }
                last = readiness.text
                return !readiness.isReady && readiness.text.contains(reason)
            }
            #expect(isNotReady, "\(last)", sourceLocation: sourceLocation)
            #expect(worker.isRunning, sourceLocation: sourceLocation)
        }
    }
}
