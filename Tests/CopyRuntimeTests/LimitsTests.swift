import AMQP
import CopyDomain
import CopyRuntime
import Simulation
import Testing

@Suite("Caps, reservations, deadlines")
struct LimitsTests {
    @Test("a resource never has more under way than its cap, and everybody's turn comes")
    func cap() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, copyTime: .seconds(25), maxInFlight: 2)
            try await stage.playing { workers in
                for number in 0..<6 { stage.publish(stage.request("r-\(number)")) }
                stage.publish(stage.request("other", source: "source-2", target: "target-2"))
                await stage.wait("the other resource is not held up", atMost: .seconds(31)) { _ in
                    !stage.outcomes(of: "other").isEmpty
                }
                let most = Shared(0)
                await stage.wait("all end") { _ in
                    most.withLock { $0 = max($0, workers["anna"]?.status.running ?? 0) }
                    return stage.isAllSettled && stage.results.count == 7
                }
                #expect(most.withLock { $0 } == 2)
            }
            stage.check((0..<6).map { "r-\($0)" } + ["other"])
        }
    }

    @Test("what is over a resource's cap does not wait for a slot, where it would keep others from theirs")
    func flood() async throws {
        try await VirtualTime.run { clock in
            var stage = Stage(clock: clock, copyTime: .seconds(120), maxInFlight: 2)
            stage.settings.slots = 3
            let play = stage
            try await play.playing { _ in
                for number in 0..<3 {
                    play.publish(play.request("other-\(number)", source: "source-2", target: "target-2"))
                }
                for number in 0..<20 { play.publish(play.request("flood-\(number)")) }
                // One slot is the flood's; the next of it waits in line.
                await play.wait("the rest is put off", atMost: .seconds(5)) { broker in
                    broker.ready(in: play.settings.names.retry).count == 1 + 18
                }
                await play.settled(results: 23, atMost: .seconds(3600))
            }
            play.check((0..<3).map { "other-\($0)" } + (0..<20).map { "flood-\($0)" })
        }
    }

    @Test("one export per source project at a time: the others come back by copy.retry")
    func reservation() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing(["anna", "bert"]) { _ in
                for number in 0..<4 { stage.publish(stage.request("r-\(number)", kind: .visionProject)) }
                await stage.wait("one waits in the retry queue") { broker in
                    !broker.ready(in: stage.settings.names.retry).isEmpty
                }
                await stage.settled(results: 4)
            }
            stage.check((0..<4).map { "r-\($0)" })
        }
    }

    @Test(
        "a deadline ends a run that Azure keeps waiting; nothing is left",
        arguments: ["authorize", "copy", "result"]
    )
    func deadline(call: String) async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock) { asked, _ in
                asked.name == call ? .throttled(.seconds(20)) : nil
            }
            try await stage.playing { _ in
                stage.publish(stage.request("r", deadline: "2026-11-21T12:02:00Z"))
                await stage.settled(results: 1, atMost: .seconds(1000))
            }
            #expect(stage.results.map(\.id) == ["r#1#failed"])
            let id = try #require(RequestID(rawValue: "r"))
            if call != "result" {
                #expect(stage.azure.targets(of: id).isEmpty)
                #expect(clock.elapsed < .seconds(200))
            }
            #expect(stage.witness.violations.isEmpty)
        }
    }

    @Test("who asked for a reply gets the same outcome; who may not, does not", arguments: [true, false])
    func replyTo(isAllowed: Bool) async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            let queue = isAllowed ? "amq.gen-asker" : "asker"
            stage.broker.declare(Topology(mode: .declare, queues: [QueueDeclaration(name: queue)]))
            try await stage.playing { _ in
                stage.publish(stage.request("r")) { message in
                    message.replyTo = queue
                    message.correlationID = "c-1"
                }
                await stage.settled(results: 1)
                try await clock.sleep(for: .seconds(1))
            }
            let replies = stage.broker.ready(in: queue)
            #expect(replies.map(\.messageID) == (isAllowed ? ["r#1#succeeded"] : []))
            if isAllowed { #expect(replies.first == stage.broker.ready(in: "results").first) }
            #expect(stage.broker.ready(in: "results").first?.correlationID == "c-1")
        }
    }

    @Test("whoever asks for the same again gets the outcome too, once, under a correlation id of its own")
    func furtherAskers() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            let queues = ["amq.gen-first", "amq.gen-joined", "amq.gen-late"]
            stage.broker.declare(Topology(mode: .declare, queues: queues.map { QueueDeclaration(name: $0) }))
            @Sendable func ask(_ queue: String, _ correlationID: String?) {
                stage.publish(stage.request("r")) { message in
                    message.replyTo = queue
                    message.correlationID = correlationID
                }
            }
            try await stage.playing { _ in
                ask(queues[0], nil)
                try await clock.sleep(for: .seconds(1))
                ask(queues[0], nil)
                ask(queues[1], "c-1")
                await stage.settled(results: 1)
                ask(queues[2], nil)
                await stage.settled(results: 2)
                try await clock.sleep(for: .seconds(1))
            }
            let replies = queues.map { stage.broker.ready(in: $0) }
            #expect(replies.map { $0.map(\.correlationID) } == [["r", "r"], ["c-1"], ["r"]])
            #expect(Set(replies.joined().map(\.body)).count == 1)
        }
    }

    @Test("whoever asked for the same again is answered although the request was handed back meanwhile")
    func askersOfLongCopy() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, copyTime: .seconds(50 * 60))
            let queues = ["amq.gen-first", "amq.gen-second", "amq.gen-third"]
            stage.broker.declare(Topology(mode: .declare, queues: queues.map { QueueDeclaration(name: $0) }))
            try await stage.playing(["anna", "bert"]) { _ in
                for asker in queues + queues {
                    stage.publish(stage.request("r")) { $0.replyTo = asker }
                    try await clock.sleep(for: .seconds(1))
                }
                await stage.settled(results: 1)
                try await clock.sleep(for: .seconds(1))
            }
            for asker in queues { #expect(Set(stage.broker.ready(in: asker).map(\.messageID)) == ["r#1#succeeded"]) }
            #expect(stage.broker.record.accepted.contains { $0.routingKey == stage.settings.names.resume })
            stage.check(["r"])
        }
    }

    @Test("who sent what is refused is told so")
    func refusedAsker() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            stage.broker.declare(Topology(mode: .declare, queues: [QueueDeclaration(name: "amq.gen-asker")]))
            try await stage.playing { _ in
                stage.publish("{}") { message in
                    message.replyTo = "amq.gen-asker"
                    message.correlationID = "c-1"
                }
                await stage.settled(results: 1)
                try await clock.sleep(for: .seconds(1))
            }
            #expect(stage.broker.ready(in: "amq.gen-asker").first == stage.broker.ready(in: "results").first)
            #expect(stage.broker.ready(in: "amq.gen-asker").map(\.correlationID) == ["c-1"])
        }
    }

    @Test("an unknown resource is waited for, then rejected")
    func unknownResource() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                stage.publish(stage.request("r", source: "source-9"))
                try await clock.sleep(for: .seconds(280))
                #expect(stage.results.isEmpty)
                await stage.settled(results: 1)
            }
            #expect(clock.elapsed > .seconds(300) && clock.elapsed < .seconds(330))
            #expect(stage.results.first?.id.hasPrefix("r#rejected#") == true)
            let parked = stage.broker.ready(in: stage.settings.names.parking).first
            #expect(parked?.headers["x-copy-reason-code"]?.text == "unknown_resource")
        }
    }

    @Test("a pool that learns of the resource within the grace runs the request")
    func reconfigured() async throws {
        try await VirtualTime.run { clock in
            var stage = Stage(clock: clock)
            let complete = stage.catalogue
            stage.catalogue = ResourceCatalogue(resources: [:], routes: [])
            let before = stage
            stage.catalogue = complete
            let after = stage
            try await after.inActs {
                try await before.act { _ in
                    before.publish(before.request("r"))
                    try await clock.sleep(for: .seconds(30))
                }
                try await after.act(["bert"]) { _ in await after.settled(results: 1) }
            }
            after.check(["r"])
        }
    }

    @Test(
        "an accepted request is left to workers that know its resources as they were; at its deadline it ends anyhow",
        arguments: [false, true],
        [false, true]
    )
    func configuredOtherwise(isRepointed: Bool, hasDeadline: Bool) async throws {
        try await VirtualTime.run { clock in
            var stage = Stage(clock: clock)
            let complete = stage.catalogue
            stage.catalogue = isRepointed ? Self.repointed(complete) : ResourceCatalogue(resources: [:], routes: [])
            let ignorant = stage
            stage.catalogue = complete
            let knowing = stage
            try await knowing.inActs {
                try await knowing.act { _ in
                    knowing.publish(knowing.request("r", deadline: hasDeadline ? "2026-11-21T12:10:00Z" : nil))
                    try await clock.sleep(for: .seconds(1))
                }
                #expect(knowing.results.isEmpty)
                try await ignorant.act(["bert"]) { _ in
                    try await clock.sleep(for: .seconds(120))
                    #expect(ignorant.results.isEmpty)
                    if hasDeadline { await ignorant.settled(results: 1) }
                }
                guard !hasDeadline else { return }
                try await knowing.act(["carl"]) { _ in await knowing.settled(results: 1) }
            }
            #expect(hasDeadline || knowing.results.map(\.id) == ["r#1#succeeded"])
            knowing.check(["r"])
        }
    }

    private static func repointed(_ catalogue: ResourceCatalogue) -> ResourceCatalogue {
        var repointed = catalogue
        for (name, resource) in catalogue.resources {
            let frozen = resource.frozen
            repointed.resources[name]?.frozen = FrozenResource(
                name: frozen.name,
                endpoint: "https://elsewhere.example.com",
                armID: frozen.armID,
                region: frozen.region
            )
        }
        return repointed
    }
}
