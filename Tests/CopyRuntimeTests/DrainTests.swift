import AMQP
import CopyDomain
import CopyJournal
import CopyRuntime
import Simulation
import Testing

@Suite("Drain")
struct DrainTests {
    @Test(
        "after any time: the rest goes to copy.resume as a new message and another worker ends it",
        arguments: CopyKind.allCases
    )
    func anyTime(kind: CopyKind) async throws {
        for step in 0..<60 {
            try await VirtualTime.run(seed: UInt64(step)) { clock in
                let stage = Stage(clock: clock, seed: UInt64(step))
                stage.publish(stage.request("r", kind: kind))
                try await stage.playing { _ in
                    try await clock.sleep(for: .milliseconds(step * 100))
                }
                #expect(stage.isAllSettled == !stage.results.isEmpty)
                let resumed = stage.broker.ready(in: stage.settings.names.resume)
                #expect(resumed.allSatisfy { $0.headers["x-delivery-count"] == nil })
                let waiting = resumed.count + stage.broker.ready(in: stage.settings.names.requests).count
                #expect(waiting + stage.results.count == 1)
                let id = try #require(RequestID(rawValue: "r"))
                #expect(try stage.journal.find(id)?.owner == nil)
                try await stage.playing(["bert"]) { _ in await stage.settled(results: 1) }
                stage.check(["r"])
                #expect(stage.azure.done.count { $0 == "r: copy" || $0 == "r: import" } == 1)
            }
        }
    }

    @Test("a call under way is heard to its end")
    func callUnderWay() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, faults: { call, _ in call.name == "copy" ? .slow(.seconds(10)) : nil })
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.wait("the copy is asked for") { _ in stage.witness.diary.last == "send copy" }
            }
            #expect(stage.broker.ready(in: stage.settings.names.resume).count == 1)
            try await stage.playing(["bert"]) { _ in await stage.settled(results: 1) }
            stage.check(["r"])
            #expect(!stage.witness.diary.contains("models"))
            #expect(stage.azure.done == ["r: authorize", "r: copy"])
        }
    }

    @Test("a call that takes longer than it is given is let go of, and its fate is found out")
    func callTooLong() async throws {
        try await VirtualTime.run { clock in
            let slow = Shared(true)
            let stage = Stage(clock: clock) { call, _ in
                call.name == "copy" && slow.withLock { $0 } ? .slow(.seconds(50)) : nil
            }
            let begun = Shared<Duration>(.zero)
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.wait("the copy is asked for") { _ in stage.witness.diary.last == "send copy" }
                begun.withLock { $0 = clock.elapsed }
            }
            #expect(clock.elapsed - begun.withLock { $0 } < .seconds(30))
            slow.withLock { $0 = false }
            try await stage.playing(["bert"]) { _ in await stage.settled(results: 1) }
            stage.check(["r"])
        }
    }

    @Test("many under way and many waiting: all are handed back, each once")
    func crowd() async throws {
        try await VirtualTime.run { clock in
            var stage = Stage(clock: clock, copyTime: .seconds(60))
            stage.settings.slots = 5
            let play = stage
            for number in 0..<12 { play.publish(play.request("r-\(number)")) }
            try await play.playing { _ in try await clock.sleep(for: .seconds(3)) }
            #expect(play.broker.ready(in: play.settings.names.resume).count == 12)
            #expect(play.broker.unsettledCount(of: play.settings.names.requests) == 0)
            try await play.playing(["bert"]) { _ in await play.settled(results: 12) }
            play.check((0..<12).map { "r-\($0)" })
        }
    }
}
