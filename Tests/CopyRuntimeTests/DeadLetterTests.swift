import AMQP
import CopyDomain
import CopyRuntime
import Simulation
import Testing

@Suite("copy.dead")
struct DeadLetterTests {
    @Test("what is under way goes on")
    func known() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            stage.publish(stage.request("r"))
            try await stage.playing { _ in
                await stage.wait("the copy runs") { _ in stage.witness.diary.contains("send copy") }
            }
            for message in stage.broker.drain(stage.settings.names.resume) {
                stage.publish(String(decoding: message.body, as: UTF8.self), to: stage.settings.names.dead)
            }
            try await stage.playing(["bert"]) { _ in await stage.settled(results: 1) }
            #expect(stage.azure.done == ["r: authorize", "r: copy"])
            stage.check(["r"])
        }
    }

    @Test("what nobody knows is rejected and parked")
    func unknown() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                stage.publish(stage.request("r"), to: stage.settings.names.dead)
                stage.publish("{", to: stage.settings.names.dead)
                await stage.settled(results: 2)
            }
            let codes = stage.broker.ready(in: stage.settings.names.parking).compactMap {
                $0.headers["x-copy-reason-code"]?.text
            }
            #expect(codes.sorted() == ["given_up_by_broker", "malformed_json"])
            #expect(stage.azure.done.isEmpty)
        }
    }

    @Test(
        "what the broker gave up is refused with its reason",
        arguments: [
            ("expired", "expired before"), ("maxlen", "full"), ("rejected", "rejected it"),
            ("delivery_limit", "too often"), (nil, "does not say"),
        ]
    )
    func reason(death: String?, words: String) async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                stage.publish(stage.request("r"), to: stage.settings.names.dead) { message in
                    guard let death else { return }
                    let earlier = AMQPValue.table(["reason": .string("expired"), "queue": .string("copy.retry.10s")])
                    message.headers["x-death"] = .array([.table(["reason": .string(death)]), earlier])
                }
                await stage.settled(results: 1)
            }
            let parked = stage.broker.ready(in: stage.settings.names.parking).first
            #expect(parked?.headers["x-copy-reason"]?.text?.contains(words) == true)
        }
    }

    @Test("a worker that drains meanwhile leaves it among the dead")
    func drained() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                try await clock.sleep(for: .seconds(1))
                stage.isJournalAway.withLock { $0 = true }
                stage.publish(stage.request("r"), to: stage.settings.names.dead)
                try await clock.sleep(for: .seconds(5))
            }
            #expect(stage.broker.ready(in: stage.settings.names.dead).count == 1)
            #expect(stage.broker.ready(in: stage.settings.names.resume).isEmpty)
        }
    }
}
