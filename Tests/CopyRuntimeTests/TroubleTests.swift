import AMQP
import CopyDomain
import CopyRuntime
import Simulation
import Testing

@Suite("Trouble around a run")
struct TroubleTests {
    @Test(
        "the broker breaks connections at any time: the run adopts the redelivery, one outcome",
        arguments: CopyKind.allCases
    )
    func brokerLoss(kind: CopyKind) async throws {
        for step in 0..<50 {
            try await VirtualTime.run(seed: UInt64(step)) { clock in
                let stage = Stage(clock: clock, seed: UInt64(step))
                try await stage.playing { _ in
                    stage.publish(stage.request("r", kind: kind))
                    try await clock.sleep(for: .milliseconds(100 * step))
                    stage.broker.dropConnections()
                    await stage.settled(results: 1)
                }
                stage.check(["r"])
                #expect(stage.azure.done.count { $0 == "r: copy" || $0 == "r: import" } == 1)
            }
        }
    }

    @Test(
        "a connection is lost around the n-th publication",
        arguments: 1...12,
        [SimulatedBroker.Moment.before, .after]
    )
    func lossWhilePublishing(number: Int, moment: SimulatedBroker.Moment) async throws {
        try await VirtualTime.run(seed: UInt64(number)) { clock in
            let stage = Stage(clock: clock)
            stage.broker.loseConnection(atPublish: number, moment)
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
            }
            stage.check(["r"])
        }
    }

    @Test("what a connection brought in its last moment keeps nothing from being given back", arguments: 0..<30)
    func lateDelivery(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let stage = Stage(clock: clock, seed: seed)
            try await stage.playing { workers in
                await stage.wait("the worker is ready") { _ in workers["anna"]?.status.isReady == true }
                stage.isJournalAway.withLock { $0 = true }
                stage.publish(stage.request("r", deadline: "2026-11-22T12:00:00Z"))
                try await clock.sleep(for: .seconds(1))
                // So many that the loss is heard of before all have been looked at.
                for _ in 0..<20 { stage.publish(stage.request("r", deadline: "2026-11-22T12:00:00Z")) }
                stage.broker.dropConnections()
                // Longer than anything is held.
                try await clock.sleep(for: .seconds(30 * 60))
                stage.isJournalAway.withLock { $0 = false }
                await stage.settled(results: 1)
            }
            stage.check(["r"])
        }
    }

    @Test("connections break while deliveries wait for a slot: each runs once")
    func lossWhileWaiting() async throws {
        try await VirtualTime.run { clock in
            var stage = Stage(clock: clock)
            stage.settings.slots = 2
            let play = stage
            try await play.playing { _ in
                for number in 0..<10 { play.publish(play.request("r-\(number)")) }
                for _ in 0..<4 {
                    try await clock.sleep(for: .milliseconds(1700))
                    play.broker.dropConnections()
                }
                await play.settled(results: 10)
            }
            play.check((0..<10).map { "r-\($0)" })
            #expect(play.azure.done.count { $0.hasSuffix(": copy") } == 10)
        }
    }

    @Test("the journal is away for a while, at any time: nothing is lost, nothing sent without an intent")
    func journalAway() async throws {
        for step in 0..<40 {
            try await VirtualTime.run(seed: UInt64(step)) { clock in
                let stage = Stage(clock: clock, seed: UInt64(step))
                try await stage.playing { workers in
                    stage.publish(stage.request("r"))
                    try await clock.sleep(for: .milliseconds(100 * step))
                    stage.isJournalAway.withLock { $0 = true }
                    try await clock.sleep(for: .seconds(60))
                    #expect(workers["anna"]?.status.isReady == false)
                    stage.isJournalAway.withLock { $0 = false }
                    await stage.settled(results: 1)
                    await stage.wait("ready again") { _ in workers["anna"]?.status.isReady == true }
                }
                stage.check(["r"])
            }
        }
    }

    @Test("a worker drains while the journal is away: another one ends its requests")
    func drainWithoutJournal() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.inActs {
                try await stage.act { _ in
                    stage.publish(stage.request("r"))
                    await stage.wait("the copy runs") { _ in stage.witness.diary.contains("send copy") }
                    stage.isJournalAway.withLock { $0 = true }
                    try await clock.sleep(for: .seconds(5))
                }
                #expect(stage.broker.ready(in: stage.settings.names.resume).count == 1)
                stage.isJournalAway.withLock { $0 = false }
                try await stage.act(["bert"]) { _ in await stage.settled(results: 1) }
            }
            stage.check(["r"])
        }
    }

    @Test("an outcome finds no queue: readiness says so, nothing new begins, and it goes out when there is one")
    func unroutable() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            stage.broker.delete(queue: "results")
            stage.broker.delete(queue: stage.settings.names.unroutedResults)
            try await stage.playing { workers in
                stage.publish(stage.request("first"))
                await stage.wait("it says so") { _ in
                    workers["anna"]?.status.reasons.contains { $0.contains("copy.results") } == true
                }
                stage.publish(stage.request("second"))
                try await clock.sleep(for: .seconds(30))
                #expect(!stage.azure.done.contains { $0.hasPrefix("second") })
                stage.broker.declare(
                    Topology(
                        mode: .declare,
                        queues: [QueueDeclaration(name: "results")],
                        bindings: [Binding(queue: "results", exchange: stage.settings.names.results, routingKey: "#")]
                    )
                )
                await stage.settled(results: 2)
                #expect(workers["anna"]?.status.isReady == true)
            }
            stage.check(["first", "second"])
        }
    }
}
