import AMQP
import CopyDomain
import CopyJournal
import CopyRuntime
import Simulation
import Synchronization
import Testing

@Suite("Hold limit")
struct HoldLimitTests {
    /// The limit and its spread, the minute for what cannot stop, and a little for the hand-back itself.
    private static let longest: Duration = .seconds(12 * 60 * 6 / 5 + 60 + 5)

    /// Watches, for as long as the body takes, that no delivery is held for longer than allowed.
    private func watching(_ stage: Stage, _ body: @escaping @Sendable () async -> Void) async {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await body()
                return true
            }
            group.addTask {
                var since: [DeliveryID: Duration] = [:]
                while (try? await stage.clock.sleep(for: .seconds(1))) != nil {
                    let held = stage.broker.held
                    since = since.filter { held.contains($0.key) }
                    for id in held { since[id] = since[id] ?? stage.clock.elapsed }
                    let oldest = since.values.min().map { stage.clock.elapsed - $0 } ?? .zero
                    #expect(oldest <= Self.longest, "a delivery is held for \(oldest)")
                    if oldest > Self.longest { return false }
                }
                return false
            }
            _ = await group.next()
            group.cancelAll()
        }
    }

    @Test("a long copy goes on through hand-backs, without another call and without a pause in its polls")
    func longCopy() async throws {
        for seed in 0..<5 as Range<UInt64> {
            try await VirtualTime.run(seed: seed) { clock in
                let stage = Stage(clock: clock, seed: seed, copyTime: .seconds(50 * 60))
                try await stage.playing(["anna", "bert"]) { _ in
                    for number in 0..<6 { stage.publish(stage.request("r-\(number)")) }
                    await watching(stage) { await stage.settled(results: 6) }
                }
                stage.check((0..<6).map { "r-\($0)" })
                #expect(stage.azure.done.count { $0.hasSuffix(": copy") } == 6)
                #expect(stage.azure.longestPollGap < .seconds(5))
                #expect(stage.broker.record.accepted.contains { $0.routingKey == stage.settings.names.resume })
            }
        }
    }

    @Test("a call under way is not cut off: its message goes back without it, and is adopted when it comes again")
    func callUnderWay() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock) { call, _ in call.name == "copy" ? .slow(.seconds(40 * 60)) : nil }
            try await stage.playing(["anna", "bert"]) { _ in
                stage.publish(stage.request("r"))
                await watching(stage) { await stage.settled(results: 1) }
            }
            stage.check(["r"])
            #expect(stage.azure.done == ["r: authorize", "r: copy"])
            #expect(!stage.witness.diary.contains("models"))
        }
    }

    @Test("what waits for a slot goes back to its queue, and runs once when there is one")
    func waitingForSlot() async throws {
        try await VirtualTime.run { clock in
            var stage = Stage(clock: clock, copyTime: .seconds(40 * 60))
            stage.settings.slots = 1
            let play = stage
            try await play.playing { _ in
                for number in 0..<3 { play.publish(play.request("r-\(number)", deadline: "2026-11-22T12:00:00Z")) }
                await watching(play) { await play.settled(results: 3, atMost: .seconds(6 * 3600)) }
            }
            play.check((0..<3).map { "r-\($0)" })
            #expect(play.azure.done.count { $0.hasSuffix(": copy") } == 3)
        }
    }

    @Test("while the journal is away deliveries are given back, and what is in memory is kept")
    func journalAway() async throws {
        for step in 0..<20 {
            try await VirtualTime.run(seed: UInt64(step)) { clock in
                let stage = Stage(clock: clock, seed: UInt64(step))
                try await stage.playing { _ in
                    stage.publish(stage.request("r", deadline: "2026-11-22T12:00:00Z"))
                    try await clock.sleep(for: .milliseconds(step * 150))
                    stage.isJournalAway.withLock { $0 = true }
                    stage.publish(stage.request("late", deadline: "2026-11-22T12:00:00Z"))
                    await watching(stage) {
                        try? await clock.sleep(for: .seconds(45 * 60))
                        stage.isJournalAway.withLock { $0 = false }
                        await stage.settled(results: 2)
                    }
                }
                stage.check(["r", "late"])
                #expect(stage.azure.done.count { $0.hasSuffix(": copy") } == 2)
            }
        }
    }

    @Test("what was handed back while the journal was away is free for every worker when it is back", arguments: 0..<8)
    func releasedLater(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let stage = Stage(clock: clock, seed: seed, copyTime: .seconds(3600))
            try await stage.playing(["anna", "bert"]) { _ in
                stage.publish(stage.request("r", deadline: "2026-11-22T12:00:00Z"))
                await stage.wait("it is copied") { _ in stage.azure.done.contains("r: copy") }
                // Polled, with nothing to be saved.
                try await clock.sleep(for: .seconds(10))
                stage.isJournalAway.withLock { $0 = true }
                try await clock.sleep(for: .seconds(25 * 60))
                stage.isJournalAway.withLock { $0 = false }
                try await clock.sleep(for: .seconds(4))
                let owner = try stage.journal.find(#require(RequestID(rawValue: "r")))?.owner
                let calls = stage.witness.diary.count
                try await clock.sleep(for: .seconds(5))
                #expect(owner == nil || stage.witness.diary.count > calls, "who owns it runs it")
                await stage.settled(results: 1)
            }
            stage.check(["r"])
        }
    }

    @Test("while an outcome finds no queue those that wait before the gate are given back")
    func closedGate() async throws {
        try await VirtualTime.run { clock in
            var closed = Stage(clock: clock)
            // Its connection would bring the queue back.
            closed.settings.generationPeriod = .seconds(24 * 3600)
            let stage = closed
            stage.broker.delete(queue: "results")
            stage.broker.delete(queue: stage.settings.names.unroutedResults)
            try await stage.playing { workers in
                stage.publish(stage.request("first", deadline: "2026-11-22T12:00:00Z"))
                await stage.wait("it says so") { _ in
                    workers["anna"]?.status.reasons.contains { $0.contains("copy.results") } == true
                }
                for number in 0..<30 { stage.publish(stage.request("r-\(number)", deadline: "2026-11-22T12:00:00Z")) }
                try await clock.sleep(for: .seconds(40 * 60))
                #expect(stage.azure.done.allSatisfy { $0.hasPrefix("first") })
                stage.broker.declare(
                    Topology(
                        mode: .declare,
                        queues: [QueueDeclaration(name: "results")],
                        bindings: [Binding(queue: "results", exchange: stage.settings.names.results, routingKey: "#")]
                    )
                )
                await stage.settled(results: 31)
            }
            stage.check(["first"] + (0..<30).map { "r-\($0)" })
            #expect(stage.azure.done.count { $0.hasSuffix(": copy") } == 31)
        }
    }
}

extension TinyAzure {
    /// The longest time between two polls of one copy.
    var longestPollGap: Duration {
        state.withLock { state in
            state.polls.values.compactMap { polls in zip(polls.dropFirst(), polls).map { $0 - $1 }.max() }.max()
                ?? .zero
        }
    }
}
