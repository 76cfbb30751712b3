import AMQP
import CopyDomain
import CopyRuntime
import Simulation
import Testing

@Suite("The same request again")
struct SameRequestTests {
    @Test("three times at once on two workers: one copy, the same bytes", arguments: 0..<20)
    func thrice(seed: Int) async throws {
        try await VirtualTime.run(seed: UInt64(seed)) { clock in
            let stage = Stage(clock: clock, seed: UInt64(seed))
            try await stage.playing(["anna", "bert"]) { _ in
                for _ in 0..<3 { stage.publish(stage.request("r")) }
                await stage.settled(results: 1)
            }
            stage.check(["r"])
            #expect(stage.azure.done.count { $0 == "r: copy" } == 1)
        }
    }

    @Test("again after the end: the stored outcome, byte for byte")
    func afterTheEnd() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
                stage.publish(stage.request("r"))
                await stage.settled(results: 2)
            }
            #expect(stage.results.map(\.id) == ["r#1#succeeded", "r#1#succeeded"])
            stage.check(["r"])
        }
    }

    @Test("with other content, claimed while the journal is slow to say so: the first message is not the one refused")
    func otherContentFirst() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.inActs {
                try await stage.act { _ in
                    stage.publish(stage.request("r"))
                    await stage.wait("it is accepted") { _ in stage.witness.diary.contains("save") }
                }
                let waiting = stage.broker.drain(stage.settings.names.resume)
                try #require(waiting.count == 1)
                try await stage.act(["bert"]) { _ in
                    // By then it has made sure of its journal.
                    try await clock.sleep(for: .seconds(2))
                    stage.isJournalAway.withLock { $0 = true }
                    stage.publish(stage.request("r", item: "item-9"))
                    try await clock.sleep(for: .seconds(1))
                    stage.publish(stage.request("r"), to: stage.settings.names.resume)
                    try await clock.sleep(for: .seconds(1))
                    stage.isJournalAway.withLock { $0 = false }
                    await stage.settled(results: 2)
                }
            }
            #expect(stage.outcomes(of: "r").map(\.id) == ["r#1#succeeded"])
            #expect(stage.results.count { $0.id.hasPrefix("r#rejected#") } == 1)
        }
    }

    @Test("with other content: rejected and parked, the first is untouched", arguments: [true, false])
    func otherContent(whileRunning: Bool) async throws {
        try await VirtualTime.run { clock in
            var stage = Stage(clock: clock)
            // Nobody may need a second slot to refuse the message.
            stage.settings.slots = 1
            let request = stage.request("r")
            let other = stage.request("r", item: "item-9")
            let play = stage
            try await stage.playing(["anna", "bert"]) { _ in
                play.publish(request)
                if whileRunning {
                    await play.wait("the first is accepted") { _ in play.witness.diary.contains("save") }
                } else {
                    await play.settled(results: 1)
                }
                play.publish(other)
                play.publish(other)
                await play.settled(results: 3)
            }
            #expect(stage.results.count { $0.id.hasPrefix("r#rejected#") } == 2)
            #expect(stage.outcomes(of: "r").map(\.id) == ["r#1#succeeded"])
            let parked = stage.broker.ready(in: stage.settings.names.parking)
            #expect(parked.map { $0.headers["x-copy-reason-code"]?.text } == ["content_differs", "content_differs"])
            stage.check(["r"])
        }
    }
}
