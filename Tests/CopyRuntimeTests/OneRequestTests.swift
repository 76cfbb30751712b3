import AMQP
import CopyDomain
import CopyJournal
import CopyRuntime
import Simulation
import Testing

@Suite("One request")
struct OneRequestTests {
    @Test("a request of each kind ends in one outcome, and its message is gone", arguments: CopyKind.allCases)
    func succeeds(kind: CopyKind) async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                stage.publish(stage.request("r", kind: kind))
                await stage.settled(results: 1)
            }
            #expect(stage.results.map(\.id) == ["r#1#succeeded"])
            stage.check(["r"])
        }
    }

    @Test("every call with a side effect is sent right after its intent was saved, with the permit in hand")
    func order() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
            }
            let diary = stage.witness.diary
            #expect(
                diary.prefix(16) == [
                    "save", "permit source", "send source", "save", "permit room", "send room",
                    "save", "permit authorize", "intent", "send authorize", "save", "permit copy", "intent",
                    "send copy", "save", "permit result",
                ]
            )
            #expect(diary.last == "finish")
        }
    }

    @Test("nothing is sent when the save of the intent finds another owner")
    func fenced() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, faults: { call, _ in call.name == "authorize" ? .slow(.seconds(60)) : nil })
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.wait("the authorization is under way") { _ in
                    stage.witness.diary.contains("send authorize")
                }
                let id = try #require(RequestID(rawValue: "r"))
                let entry = try #require(try stage.journal.find(id))
                // As if this worker had been frozen: another one claims, and holds on for a while.
                let owner = try #require(entry.owner)
                try stage.journal.retire(owner)
                let other = OwnerID(rawValue: "other")
                let content = try stage.content(of: stage.request("r"))
                let claim = try stage.journal.claim(id, content: content, plan: entry.plan, owner: other)
                guard case .granted(let grant) = claim else {
                    Issue.record("not granted: \(claim)")
                    return
                }
                await stage.wait("the late answer is kept") { _ in stage.witness.diary.contains("learned") }
                #expect(!stage.witness.diary.contains("send copy"))
                try stage.journal.release([grant.lease])
                await stage.settled(results: 1)
            }
            stage.check(["r"])
            #expect(stage.azure.done.count { $0 == "r: copy" } == 1)
        }
    }

    @Test("events have numbers of their own that grow, the outcome's the last")
    func sequences() async throws {
        try await VirtualTime.run(seed: 3) { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
            }
            let watched = stage.broker.ready(in: "watched")
            let numbers = watched.compactMap { $0.headers["cloudEvents_sequence"]?.text }
            #expect(numbers.count == watched.count)
            #expect(Set(numbers).count == numbers.count)
            let last = stage.broker.ready(in: "results").first?.headers["cloudEvents_sequence"]?.text
            #expect(numbers.allSatisfy { $0 < last ?? "" })
            #expect(watched.contains { $0.messageID == "r#1#accepted" })
        }
    }

    @Test("the trace context of a CloudEvent is carried on by the events of its request")
    func traceContext() async throws {
        let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                stage.publish(
                    #"{"specversion":"1.0","id":"1","source":"urn:x","type":"t","traceparent":"\#(parent)","data":"#
                        + stage.request("r") + "}"
                )
                await stage.settled(results: 1)
            }
            let events = stage.broker.ready(in: "watched") + stage.broker.ready(in: "results")
            #expect(!events.isEmpty && events.allSatisfy { $0.headers["traceparent"]?.text == parent })
        }
    }

    @Test("the message is acknowledged only after the outcome was confirmed")
    func acknowledgement() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                stage.publish(stage.request("r"))
                await stage.wait("the copy runs") { _ in stage.witness.diary.contains("send copy") }
                stage.broker.holdAnswers()
                await stage.wait("the outcome is with the broker") { !$0.ready(in: "results").isEmpty }
                try await clock.sleep(for: .seconds(5))
                #expect(stage.broker.unsettledCount(of: stage.settings.names.requests) == 1)
                stage.broker.releaseAnswers()
                await stage.settled(results: 1)
            }
            stage.check(["r"])
        }
    }
}
