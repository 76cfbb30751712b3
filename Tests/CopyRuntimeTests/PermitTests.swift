import AMQP
import CopyDomain
import CopyJournal
import CopyRuntime
import Simulation
import Testing

@Suite("Permits and intents")
struct PermitTests {
    @Test("a call that has become pointless while it waited for its permit is not sent, and lends its permit to none")
    func pointless() async throws {
        try await VirtualTime.run { clock in
            let isFirst = Shared(true)
            var stage = Stage(
                clock: clock,
                permitDelay: { call in
                    guard call.name == "copy" else { return .zero }
                    // Longer than the authorization lives.
                    return isFirst.withLock { isFirst in
                        defer { isFirst = false }
                        return isFirst ? .seconds(25 * 3600) : .zero
                    }
                }
            )
            stage.settings.holdLimit = .seconds(100 * 3600)
            let play = stage
            try await play.playing { _ in
                play.publish(play.request("r", deadline: "2026-11-25T12:00:00Z"))
                await play.settled(results: 1, atMost: .seconds(30 * 3600))
            }
            stage.check(["r"])
            #expect(stage.azure.done == ["r: authorize", "r: delete model", "r: authorize", "r: copy"])
        }
    }

    @Test(
        "an intent whose save got no answer before the drain was not sent: the successor sends it, and searches nothing"
    )
    func withdrawn() async throws {
        try await VirtualTime.run { clock in
            let permits = Shared(0)
            let stage = Stage(
                clock: clock,
                permitDelay: { call in
                    if call.name == "copy" { permits.withLock { $0 += 1 } }
                    return call.name == "copy" ? .milliseconds(200) : .zero
                }
            )
            try await stage.inActs {
                try await stage.act { _ in
                    stage.publish(stage.request("r"))
                    await stage.wait("the permit is asked for") { _ in permits.withLock { $0 } == 1 }
                    stage.isJournalMute.withLock { $0 = true }
                    try await clock.sleep(for: .seconds(2))
                }
                stage.isJournalMute.withLock { $0 = false }
                try await stage.act(["bert"]) { _ in await stage.settled(results: 1) }
            }
            stage.check(["r"])
            #expect(stage.azure.done == ["r: authorize", "r: copy"])
        }
    }

    @Test("a call that was held up beyond its time is tried again with a new intent")
    func throttled() async throws {
        try await VirtualTime.run { clock in
            let refusals = Shared(0)
            let stage = Stage(clock: clock) { call, _ in
                guard call.hasSideEffect else { return nil }
                return refusals.withLock { count in
                    count += 1
                    return count % 2 == 1 ? .throttled(.seconds(7)) : nil
                }
            }
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
            }
            stage.check(["r"])
            #expect(stage.azure.done == ["r: authorize", "r: copy"])
            #expect(stage.witness.diary.count { $0 == "intent" } == 4)
        }
    }
}
