import AMQP
import CopyContract
import CopyDomain
import CopyRuntime
import Simulation
import Testing

@Suite("Commands")
struct CommandTests {
    private static func cancel(_ id: String) -> String { #"{"command":"cancel","id":"\#(id)"}"# }

    @Test("a request is cancelled at any moment: one outcome, nothing left unnamed", arguments: CopyKind.allCases)
    func anyMoment(kind: CopyKind) async throws {
        var ends: Set<String> = []
        for step in 0..<60 {
            try await VirtualTime.run(seed: UInt64(step)) { clock in
                let stage = Stage(clock: clock, seed: UInt64(step))
                try await stage.playing(["anna", "bert"]) { _ in
                    stage.publish(stage.request("r", kind: kind))
                    try await clock.sleep(for: .milliseconds(100 * step))
                    stage.publish(Self.cancel("r"), to: stage.settings.names.commands)
                    await stage.settled(results: 1)
                    await stage.noCommands()
                }
                stage.check(["r"])
                stage.checkNothingUnnamed("r")
            }
            ends.formUnion(try await Self.end(step, kind))
        }
        #expect(ends == ["cancelled", "succeeded"])
    }

    /// How a request ends that is cancelled after so many tenths of a second.
    private static func end(_ step: Int, _ kind: CopyKind) async throws -> [String] {
        try await VirtualTime.run(seed: UInt64(step)) { clock in
            let stage = Stage(clock: clock, seed: UInt64(step))
            try await stage.playing { _ in
                stage.publish(stage.request("r", kind: kind))
                try await clock.sleep(for: .milliseconds(100 * step))
                stage.publish(Self.cancel("r"), to: stage.settings.names.commands)
                await stage.settled(results: 1)
            }
            return stage.results.compactMap { $0.id.split(separator: "#").last.map(String.init) }
        }
    }

    @Test("an id that is cancelled before it is known ends cancelled without a call", arguments: CopyKind.allCases)
    func beforehand(kind: CopyKind) async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                stage.publish(Self.cancel("r"), to: stage.settings.names.commands)
                await stage.noCommands()
                stage.publish(stage.request("r", kind: kind))
                await stage.settled(results: 1)
            }
            #expect(stage.results.map(\.id) == ["r#1#cancelled"])
            #expect(stage.azure.done.isEmpty)
            #expect(!stage.witness.diary.contains { $0.hasPrefix("send") })
        }
    }

    @Test("a request that has ended has its outcome published once more, the same bytes")
    func afterwards() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
                stage.publish(Self.cancel("r"), to: stage.settings.names.commands)
                stage.publish(Self.cancel("r"), to: stage.settings.names.commands)
                await stage.settled(results: 3)
                await stage.noCommands()
            }
            #expect(stage.results.map(\.id) == Array(repeating: "r#1#succeeded", count: 3))
            stage.check(["r"])
        }
    }

    @Test("two cancels are one")
    func twice() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                try await clock.sleep(for: .seconds(1))
                for _ in 0..<2 { stage.publish(Self.cancel("r"), to: stage.settings.names.commands) }
                await stage.settled(results: 1)
                await stage.noCommands()
            }
            #expect(Set(stage.results.map(\.id)) == ["r#1#cancelled"])
            stage.check(["r"])
        }
    }

    @Test("a cancel that comes while the journal is away takes effect when it is back")
    func journalAway() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, copyTime: .seconds(3600))
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                try await clock.sleep(for: .seconds(5))
                stage.isJournalAway.withLock { $0 = true }
                stage.publish(Self.cancel("r"), to: stage.settings.names.commands)
                // Longer than a command is held.
                try await clock.sleep(for: .seconds(400))
                stage.isJournalAway.withLock { $0 = false }
                await stage.settled(results: 1)
                await stage.noCommands()
            }
            #expect(stage.results.map(\.id) == ["r#1#cancelled"])
            stage.check(["r"])
        }
    }

    @Test("whoever takes a cancel may die at any moment: it takes effect all the same")
    func death() async throws {
        let moments = try await taking(last: nil)
        #expect(moments > 10)
        for last in 1...moments { _ = try await taking(last: last) }
    }

    /// Plays a cancel whose taker dies at the given moment.
    /// - Returns: how many moments the taker had.
    private func taking(last: Int?) async throws -> Int {
        try await VirtualTime.run(seed: 1) { clock in
            let stage = Stage(clock: clock, copyTime: .seconds(600))
            let life = Life(last: last)
            try await stage.inActs {
                let dying = stage.worker("dying", life: life)
                stage.publish(Self.cancel("r"), to: stage.settings.names.commands)
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await stage.live(dying, "dying", life) }
                    group.addTask {
                        try? await clock.sleep(for: .seconds(30))
                        await dying.drain()
                    }
                    await group.waitForAll()
                }
                #expect(life.isOver == (last != nil))
                try await stage.act(["anna"]) { _ in
                    stage.publish(stage.request("r"))
                    await stage.settled(results: 1)
                    await stage.noCommands()
                }
            }
            #expect(stage.results.map(\.id) == ["r#1#cancelled"])
            stage.check(["r"])
            return life.moments
        }
    }

    @Test(
        "what is no command is parked with its reason and rejected; its neighbours go on",
        arguments: [
            ("{", "malformed_json"), (#"{"command":"erase","id":"r"}"#, "unknown_command"),
            (#"{"command":"cancel"}"#, "missing_field"), (#"{"command":"cancel","id":"r","x":1}"#, "unknown_field"),
        ]
    )
    func refused(body: String, code: String) async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, copyTime: .seconds(60))
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                try await clock.sleep(for: .seconds(2))
                stage.publish(body, to: stage.settings.names.commands)
                stage.publish(Self.cancel("r"), to: stage.settings.names.commands)
                await stage.settled(results: 2)
                await stage.noCommands()
            }
            let parked = stage.broker.ready(in: stage.settings.names.parking)
            #expect(parked.map { $0.headers["x-copy-reason-code"]?.text } == [code])
            #expect(parked.map { $0.headers["x-copy-parked-from"]?.text } == [stage.settings.names.commands])
            #expect(stage.results.contains { $0.id == "r#1#cancelled" })
            #expect(stage.results.count { $0.id.contains("#rejected#") } == 1)
        }
    }
}

extension Stage {
    /// Waits until no command waits or is held.
    func noCommands(sourceLocation: SourceLocation = #_sourceLocation) async {
        let commands = settings.names.commands
        await wait("no commands", sourceLocation: sourceLocation) { broker in
            broker.ready(in: commands).isEmpty && broker.unsettledCount(of: commands) == 0
        }
    }

    /// What a request without success has left in Azure is named in its outcome.
    func checkNothingUnnamed(_ id: String, sourceLocation: SourceLocation = #_sourceLocation) {
        guard let outcome = outcomes(of: id).first, !outcome.id.hasSuffix("succeeded"),
            let request = RequestID(rawValue: id), let event = try? CopyEvent.decode(body: outcome.body)
        else { return }
        let named = (event.data["leftBehind"]?.array ?? []).compactMap { $0["id"]?.string }
        for item in azure.items(of: request) {
            #expect(named.contains(item), "\(item) is left and not named", sourceLocation: sourceLocation)
        }
    }
}
