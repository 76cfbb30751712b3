import AMQP
import Simulation
import Testing

@Suite("Publisher, when things break")
struct AMQPPublisherRecoveryTests {
    @Test(
        "a message whose connection broke goes again under its id",
        arguments: [SimulatedBroker.Moment.before, .after],
        0..<10 as Range<UInt64>
    )
    func losses(moment: SimulatedBroker.Moment, seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            scene.broker.loseConnection(atPublish: 7, moment)
            let publisher = scene.publisher()
            try await scene.running(publisher) {
                try await withThrowingTaskGroup(of: Publication.self) { group in
                    for number in 0..<20 { group.addTask { try await publisher.publish(.job("\(number)")) } }
                    for try await publication in group { #expect(publication == .confirmed) }
                }
            }
            let accepted = scene.broker.record.accepted.compactMap(\.message.messageID)
            #expect(Set(accepted).count == 20)
            #expect(accepted.count >= (moment == .before ? 20 : 21))
            #expect(publisher.status.counters.connections == 2)
            #expect(publisher.status.counters.republished >= 1)
        }
    }

    @Test("waits for a broker that is away at the start", arguments: 0..<5)
    func awayAtStart(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            scene.broker.goDown()
            let publisher = scene.publisher()
            try await scene.running(publisher) {
                async let publication = publisher.outcome(of: .job("a"))
                try await clock.sleep(for: .seconds(300))
                #expect(publisher.status.phase == .connecting)
                #expect(publisher.status.outstanding == 1)
                scene.broker.comeBack()
                #expect(await publication == .success(.confirmed))
            }
        }
    }

    @Test("gives up a connection that does not confirm, and publishes again on the next")
    func confirmTimeout() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            scene.broker.holdAnswers()
            let publisher = scene.publisher()
            try await scene.running(publisher) {
                async let publication = publisher.outcome(of: .job("a"))
                try await clock.sleep(for: .seconds(29))
                #expect(publisher.status.counters.connections == 1)
                await scene.broker.wait { $0.record.attempts.count == 2 }
                #expect(clock.elapsed >= .seconds(30))
                #expect(clock.elapsed <= .seconds(31))
                scene.broker.releaseAnswers()
                #expect(await publication == .success(.confirmed))
                #expect(publisher.status.lastError?.code == .timedOut)
            }
            #expect(publisher.status.counters.confirmTimeouts == 1)
            #expect(scene.broker.record.accepted.map(\.message.messageID) == ["a", "a"])
        }
    }

    @Test("a message larger than the window that is twice not taken in time is given up: it keeps all others waiting")
    func tooSlow() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            scene.broker.holdAnswers()
            let publisher = scene.publisher { $0.windowBytes = 2000 }
            try await scene.running(publisher) {
                async let large = publisher.outcome(of: .job("large", bytes: 3000))
                await scene.broker.wait { $0.record.accepted.count == 1 }
                async let small = publisher.outcome(of: .job("small"))
                await scene.broker.wait { $0.record.accepted.count == 3 }
                #expect(scene.broker.record.accepted.map(\.message.messageID) == ["large", "large", "small"])
                scene.broker.releaseAnswers()
                #expect(await small == .success(.confirmed))
                guard case .failure(let error) = await large else {
                    Issue.record("it was taken")
                    return
                }
                #expect(error.code == .invalid && error.message.contains("size"))
            }
            #expect(publisher.status.counters.confirmTimeouts == 2)
        }
    }

    @Test("confirms may be late by anything less than the time-out")
    func lateConfirms() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            let publisher = scene.publisher()
            try await scene.running(publisher) {
                for number in 0..<5 {
                    scene.broker.holdAnswers()
                    async let publication = publisher.outcome(of: .job("\(number)"))
                    try await clock.sleep(for: .seconds(29))
                    scene.broker.releaseAnswers()
                    #expect(await publication == .success(.confirmed))
                }
            }
            #expect(publisher.status.counters.connections == 1)
        }
    }

    @Test(
        "an exchange that is missing, or forbidden, holds up nobody else and is tried at decent intervals",
        arguments: [404, 403] as [UInt16],
        0..<10 as Range<UInt64>
    )
    func badExchange(code: UInt16, seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            let target = ExchangeDeclaration(name: "target", type: "fanout")
            if code == 403 {
                scene.broker.declare(Topology(mode: .declare, exchanges: [target]))
                scene.broker.forbid(exchange: "target")
            }
            let publisher = scene.publisher { $0.windowMessages = 8 }
            try await scene.running(publisher) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<30 {
                        group.addTask {
                            let message = OutgoingMessage.job("bad-\(number)", exchange: "target", mandatory: false)
                            await publisher.expectConfirmed(message)
                        }
                    }
                    // In the midst of it, the others get through, one after the other.
                    for number in 0..<100 {
                        let begun = clock.elapsed
                        await publisher.expectConfirmed(.job("good-\(number)"))
                        #expect(clock.elapsed - begun <= .seconds(5))
                        try await clock.sleep(for: .seconds(6))
                    }
                    #expect(publisher.status.outstanding == 30)
                    // A probe every half minute at most, each with its reconnect.
                    let attempts = scene.broker.record.attempts
                    #expect((15...100).contains(attempts.count))
                    for (earlier, later) in zip(attempts, attempts.dropFirst()) {
                        #expect(later.at - earlier.at >= .milliseconds(500))
                    }
                    let errors = scene.log.errors
                    #expect(errors.contains { $0.contains("amqp_exchange=target") && $0.contains("\(code)") })

                    scene.broker.declare(Topology(mode: .declare, exchanges: [target]))
                    scene.broker.forbid(exchange: "target", false)
                    try await group.waitForAll()
                }
            }
            let accepted = Set(scene.broker.record.accepted.compactMap(\.message.messageID))
            #expect(accepted.count == 130)
        }
    }

    @Test("a message that breaks the connection: given up if it may get lost, tried again if not")
    func deadly() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            scene.broker.stumble(over: "deadly")
            let publisher = scene.publisher()
            try await scene.running(publisher) {
                let lost = await publisher.outcome(of: .job("a", exchange: "", routingKey: "deadly", mandatory: false))
                #expect(lost.error?.code == .invalid)
                async let kept = publisher.outcome(of: .job("b", exchange: "", routingKey: "deadly"))
                await publisher.expectConfirmed(.job("c"))
                try await clock.sleep(for: .seconds(60))
                scene.broker.stumble(over: "deadly", code: nil)
                #expect(await kept.error == nil)
            }
        }
    }

    @Test("a queue that was deleted is declared again on request, if we are to declare", arguments: [true, false])
    func declareAgain(mayDeclare: Bool) async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            scene.broker.declare(Scene.topology)
            var topology = Scene.topology
            if !mayDeclare { topology.mode = .verify }
            let publisher = scene.publisher(topology: topology)
            try await scene.running(publisher) {
                await publisher.expectConfirmed(.job("a"))
                scene.broker.delete(queue: "jobs")
                #expect(await publisher.outcome(of: .job("b")) != .success(.confirmed))
                let isDeclared = try await publisher.declareAgain()
                #expect(isDeclared == mayDeclare)
                let again = await publisher.outcome(of: .job("b"))
                #expect((again == .success(.confirmed)) == mayDeclare)
            }
        }
    }

    @Test("an exchange of the topology that was deleted is declared again")
    func deletedExchange() async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(clock: clock)
            let publisher = scene.publisher()
            try await scene.running(publisher) {
                await publisher.expectConfirmed(.job("a"))
                scene.broker.delete(exchange: "results")
                await publisher.expectConfirmed(.job("b"))
            }
            #expect(scene.broker.ready(in: "jobs").count == 2)
        }
    }

    @Test("a message that the broker does not accept is given back, and its neighbours go on", arguments: 0..<10)
    func unacceptable(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            let publisher = scene.publisher()
            try await scene.running(publisher) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<20 {
                        group.addTask {
                            var message = OutgoingMessage.job("\(number)")
                            guard number % 7 == 3 else {
                                await publisher.expectConfirmed(message)
                                return
                            }
                            message.message.userID = "somebody-else"
                            let error = try #require(await publisher.outcome(of: message).error)
                            #expect(error.code == .invalid)
                            #expect(error.message.contains("somebody-else"))
                        }
                    }
                    try await group.waitForAll()
                }
            }
            let accepted = Set(scene.broker.record.accepted.compactMap(\.message.messageID))
            #expect(accepted.count == 17)
        }
    }

    @Test("whatever breaks, every message is taken at least once and answered once", arguments: 0..<30)
    func randomWalk(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(clock: clock, seed: seed)
            let publisher = scene.publisher {
                $0.windowMessages = 8
                // Larger than every message: others may be given up.
                $0.windowBytes = 4000
            }
            scene.broker.declare(Scene.topology)
            let total = 300
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await publisher.run() }
                let answers = try await withThrowingTaskGroup(of: Publication?.self) { walk in
                    for number in 0..<total {
                        walk.addTask {
                            try await clock.sleep(for: .milliseconds(Int(scene.dice.roll() * 600_000)))
                            return try await publisher.publish(
                                .job("\(number)", mandatory: false, bytes: Int(scene.dice.roll() * 3000))
                            )
                        }
                    }
                    walk.addTask {
                        for _ in 0..<100 {
                            try await clock.sleep(for: .milliseconds(Int(scene.dice.roll() * 12_000)))
                            try await Self.breakSomething(scene)
                        }
                        scene.broker.releaseAnswers()
                        return nil
                    }
                    return try await walk.reduce(into: 0) { $0 += $1 == .confirmed ? 1 : 0 }
                }
                #expect(answers == total)
                await publisher.shutDown()
                try await group.waitForAll()
            }
            let accepted = Set(scene.broker.record.accepted.compactMap(\.message.messageID))
            #expect(accepted.count == total)
            #expect(scene.broker.record.publishesWhileBlocked == 0)
            #expect(publisher.status.counters.confirmed == total)
            #expect(publisher.status.outstanding == 0)
        }
    }

    private static func breakSomething(_ scene: Scene) async throws {
        switch scene.dice.roll() {
        case ..<0.2: scene.broker.dropConnections()
        case ..<0.3: scene.broker.loseConnection(atPublish: Int(scene.dice.roll() * 20) + 1, .before)
        case ..<0.4: scene.broker.loseConnection(atPublish: Int(scene.dice.roll() * 20) + 1, .after)
        case ..<0.5: scene.broker.nackNext(Int(scene.dice.roll() * 20))
        case ..<0.6: scene.broker.holdAnswers()
        case ..<0.75: scene.broker.releaseAnswers()
        case ..<0.85:
            scene.broker.block()
            try await scene.clock.sleep(for: .seconds(40))
            scene.broker.unblock()
        case ..<0.9:
            scene.broker.goDown()
            try await scene.clock.sleep(for: .seconds(20))
            scene.broker.comeBack()
        case ..<0.95: scene.broker.delete(exchange: "results")
        default: scene.broker.coalesceConfirms(scene.dice.roll() < 0.5)
        }
    }
}
