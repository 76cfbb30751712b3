import AMQP
import Simulation
import Testing

@Suite("Publisher")
struct AMQPPublisherTests {
    @Test("many senders share the window, and each gets its confirm", arguments: 0..<20)
    func confirms(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            scene.broker.coalesceConfirms(seed % 2 == 0)
            let publisher = scene.publisher { $0.windowMessages = 16 }
            try await scene.running(publisher) {
                try await withThrowingTaskGroup(of: Publication.self) { group in
                    for number in 0..<200 {
                        group.addTask { try await publisher.publish(.job("\(number)")) }
                    }
                    for try await publication in group { #expect(publication == .confirmed) }
                }
                #expect(publisher.status.phase == .active)
                #expect(publisher.status.outstanding == 0)
            }
            #expect(Set(scene.broker.ready(in: "jobs").compactMap(\.messageID)).count == 200)
            #expect(scene.broker.record.accepted.count == 200)
            #expect(publisher.status.counters.confirmed == 200)
            #expect(publisher.status.phase == .closed)
        }
    }

    @Test(
        "never has more unconfirmed than the window holds",
        arguments: [(5, 1 << 20, 5), (100, 1000, 4), (100, 10, 1)]
    )
    func window(messages: Int, bytes: Int, most: Int) async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            scene.broker.holdAnswers()
            let publisher = scene.publisher {
                $0.windowMessages = messages
                $0.windowBytes = bytes
            }
            try await scene.running(publisher) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<20 {
                        group.addTask { _ = try await publisher.publish(.job("\(number)", bytes: 150)) }
                    }
                    try await clock.sleep(for: .seconds(5))
                    #expect(scene.broker.heldAnswerCount == most)
                    #expect(publisher.status.outstanding == 20)
                    scene.broker.releaseAnswers()
                    try await group.waitForAll()
                }
            }
            #expect(scene.broker.record.mostUnanswered == most)
            #expect(scene.broker.record.accepted.count == 20)
        }
    }

    @Test("an unroutable mandatory message is its sender's to decide", arguments: 0..<10)
    func unroutable(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            scene.broker.coalesceConfirms(seed % 2 == 0)
            let publisher = scene.publisher()
            try await scene.running(publisher) {
                async let first = publisher.publish(.job("a"))
                async let second = publisher.publish(.job("b", routingKey: "nobody.wants.this"))
                async let third = publisher.publish(.job("c", routingKey: "nobody", mandatory: false))
                let publications = try await [first, second, third]
                #expect(publications == [.confirmed, .unroutable(code: 312, text: "NO_ROUTE"), .confirmed])
            }
            #expect(publisher.status.counters.unroutable == 1)
        }
    }

    @Test("a refused message goes again, by and by", arguments: 0..<10)
    func nack(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            scene.broker.nackNext(5)
            let publisher = scene.publisher()
            try await scene.running(publisher) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await publisher.expectConfirmed(.job("a")) }
                    try await group.waitForAll()
                }
                #expect(clock.elapsed >= .seconds(2.5))
                #expect(clock.elapsed <= .seconds(31))
            }
            #expect(publisher.status.counters.refused == 5)
            #expect(publisher.status.counters.republished == 5)
            #expect(publisher.status.counters.connectionsLost == 0)
        }
    }

    @Test("a full queue is waited for")
    func fullQueue() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            var topology = Scene.topology
            topology.queues[0].arguments = ["x-max-length": .integer(2), "x-overflow": .string("reject-publish")]
            let publisher = scene.publisher(topology: topology)
            try await scene.running(publisher) {
                for id in ["a", "b"] { await publisher.expectConfirmed(.job(id)) }
                async let third = publisher.outcome(of: .job("c"))
                try await clock.sleep(for: .seconds(100))
                #expect(publisher.status.outstanding == 1)
                #expect(scene.broker.drain("jobs").count == 2)
                #expect(await third == .success(.confirmed))
            }
        }
    }

    @Test("writes nothing while the broker blocks, and gives nothing up", arguments: 0..<10)
    func blocked(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            let publisher = scene.publisher { $0.windowMessages = 4 }
            try await scene.running(publisher) {
                await publisher.expectConfirmed(.job("first"))
                scene.broker.block()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    // Told by the first publish of the alarm's time.
                    group.addTask { await publisher.expectConfirmed(.job("told")) }
                    try await clock.sleep(for: .seconds(1))
                    #expect(publisher.status.blockedReason == "low on memory")
                    for number in 0..<10 {
                        group.addTask { await publisher.expectConfirmed(.job("\(number)")) }
                    }
                    try await clock.sleep(for: .seconds(3600))
                    #expect(scene.broker.record.publishesWhileBlocked == 0)
                    #expect(publisher.status.outstanding == 11)
                    scene.broker.unblock()
                    try await group.waitForAll()
                }
                #expect(publisher.status.blockedReason == nil)
            }
            #expect(publisher.status.counters.connections == 1)
            #expect(publisher.status.counters.confirmTimeouts == 0)
        }
    }

    @Test("a block after the message was written stops the clock of its confirm")
    func blockedInFlight() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            scene.broker.block()
            let publisher = scene.publisher()
            try await scene.running(publisher) {
                async let publication = publisher.outcome(of: .job("a"))
                try await clock.sleep(for: .seconds(3600))
                scene.broker.unblock()
                #expect(await publication == .success(.confirmed))
            }
            #expect(scene.broker.record.accepted.count == 1)
            #expect(publisher.status.counters.connections == 1)
        }
    }

    @Test(
        "a message that no broker can take is refused at once",
        arguments: [
            OutgoingMessage.job(String(repeating: "i", count: 256)),
            .job("a", exchange: String(repeating: "e", count: 256)),
            .job("a", routingKey: String(repeating: "ü", count: 128)),
            .job("a", bytes: 1001),
            .job("a").with { $0.message.headers[String(repeating: "h", count: 256)] = .void },
            .job("a").with { $0.message.headers["h"] = .bytes(Array(repeating: 0, count: 125_000)) },
            .job("a").with { $0.message.headers["h"] = .nested(40) },
            .job("a").with { $0.message.expiration = "ten seconds" },
            .job("a").with { $0.message.deliveryMode = 3 },
        ]
    )
    func limits(message: OutgoingMessage) async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            let publisher = scene.publisher { $0.largestBody = 1000 }
            try await scene.running(publisher) {
                #expect(await publisher.outcome(of: message).error?.code == .invalid)
                await publisher.expectConfirmed(.job("b"))
            }
            #expect(scene.broker.record.accepted.count == 1)
        }
    }
}

extension OutgoingMessage {
    func with(_ change: (inout OutgoingMessage) -> Void) -> OutgoingMessage {
        var copy = self
        change(&copy)
        return copy
    }
}

extension AMQPValue {
    static func nested(_ depth: Int) -> AMQPValue {
        (0..<depth).reduce(.void) { value, _ in .table(["t": value]) }
    }
}
