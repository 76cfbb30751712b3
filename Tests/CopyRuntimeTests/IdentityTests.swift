import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import CopyRuntime
import Simulation
import Testing

@Suite("Which journal a pool shares")
struct IdentityTests {
    @Test("workers that begin at once agree, and their requests run", arguments: 0..<10 as Range<UInt64>)
    func together(seed: UInt64) async throws {
        try await VirtualTime.run(seed: seed) { clock in
            let stage = Stage(clock: clock, seed: seed)
            try await stage.playing(["anna", "bert", "carl"]) { workers in
                for number in 0..<6 { stage.publish(stage.request("r-\(number)")) }
                await stage.settled(results: 6)
                await stage.wait("all are ready") { _ in workers.values.allSatisfy(\.status.isReady) }
            }
            let identity = try stage.journal.identity()
            #expect(stage.register == [JournalIdentity(id: "memory", generation: identity.generation)])
            #expect(identity.generation >= 4)
            stage.check((0..<6).map { "r-\($0)" })
        }
    }

    @Test("a worker with another journal takes nothing, is not ready and says why; it drains all the same")
    func otherJournal() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            stage.write(JournalIdentity(id: "the pool's", generation: 7))
            try await stage.playing { workers in
                stage.publish(stage.request("r"))
                try await clock.sleep(for: .seconds(60))
                let status = try #require(workers["anna"]?.status)
                #expect(!status.isReady)
                #expect(status.reasons.contains { $0.contains("the pool's") && $0.contains("copyctl journal accept") })
                #expect(stage.results.isEmpty && stage.witness.diary.isEmpty)
                #expect(stage.broker.ready(in: stage.settings.names.requests).count == 1)
            }
            #expect(stage.register == [JournalIdentity(id: "the pool's", generation: 7)])
        }
    }

    @Test("a journal put back to an older copy is not worked with until a person accepts it")
    func restored() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            stage.write(JournalIdentity(id: "memory", generation: 40))
            try await stage.playing { workers in
                stage.publish(stage.request("r"))
                try await clock.sleep(for: .seconds(60))
                let reasons = try #require(workers["anna"]?.status.reasons)
                #expect(reasons.contains { $0.contains("older copy") && $0.contains("40") })
                #expect(stage.results.isEmpty)
                let verdict = try await stage.agreement.accept()
                #expect(verdict == .agreed(JournalIdentity(id: "memory", generation: 41)))
                await stage.settled(results: 1)
            }
            #expect(try #require(stage.register.first).generation > 41)
            stage.check(["r"])
        }
    }

    @Test("a person can put another journal in the place of the pool's, and what is no identity is not taken for one")
    func acceptsAnother() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            for body in [JournalIdentity(id: "lost", generation: 3).wire, Array("{".utf8)] {
                stage.write(body)
                #expect(try await stage.agreement.renew() != .agreed(try stage.journal.identity()))
                guard case .agreed(let identity) = try await stage.agreement.accept() else {
                    Issue.record("not accepted")
                    return
                }
                #expect(stage.register == [identity])
                #expect(try await stage.agreement.look() == .agreed(identity))
            }
        }
    }

    @Test("a look at a register that is empty says so and leaves it empty")
    func lookAtNothing() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            let ours = try stage.journal.identity()
            #expect(try await stage.agreement.look() == .unregistered(ours: ours))
            #expect(stage.register.isEmpty)
            #expect(try stage.journal.identity() == ours)
            _ = try await stage.agreement.renew()
            let identity = try #require(stage.register.first)
            #expect(try await stage.agreement.look() == .agreed(identity))
        }
    }

    @Test("a broker or a journal that is away at the start is waited for, and the status says so")
    func away() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            stage.broker.goDown()
            stage.isJournalAway.withLock { $0 = true }
            try await stage.playing { workers in
                try await clock.sleep(for: .seconds(120))
                #expect(workers["anna"]?.status.reasons.contains { $0.contains("journal") } == true)
                stage.isJournalAway.withLock { $0 = false }
                try await clock.sleep(for: .seconds(120))
                #expect(workers["anna"]?.status.reasons.contains { $0.contains("copy.journal") } == true)
                stage.broker.comeBack()
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
            }
            stage.check(["r"])
        }
    }

    @Test("the generation rises while workers live, so that an older copy of the journal shows")
    func rises() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                await stage.wait("the first generation") { _ in !stage.register.isEmpty }
                try await clock.sleep(for: .seconds(30))
                let first = try #require(stage.register.first)
                try await clock.sleep(for: .seconds(3600))
                let later = try #require(stage.register.first)
                #expect((5...7).contains(later.generation - first.generation))
                #expect(try stage.journal.identity() == later)
            }
        }
    }

    @Test("a register that cannot be read for an hour stops nobody who has agreed")
    func unreadForLong() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { workers in
                await stage.wait("ready") { _ in workers["anna"]?.status.isReady == true }
                stage.broker.delete(queue: stage.settings.names.journal)
                try await clock.sleep(for: .seconds(3600))
                #expect(workers["anna"]?.status.isReady == true)
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
            }
            stage.check(["r"])
        }
    }

    @Test("an identity is read as it is written, and nothing else is taken for one")
    func wire() {
        let identity = JournalIdentity(id: #"a/b"c"#, generation: .max)
        #expect(JournalIdentity(wire: identity.wire) == identity)
        #expect(JournalIdentity(wire: Array(#"{"id":"x","generation":3,"more":[]}"#.utf8))?.generation == 3)
        for text in ["", "{}", "[]", #"{"id":"","generation":3}"#, #"{"id":"x"}"#, #"{"id":"x","generation":1.5}"#] {
            #expect(JournalIdentity(wire: Array(text.utf8)) == nil, "\(text)")
        }
    }

    @Test("a worker dies at any moment of its start: the next one begins")
    func death() async throws {
        let moments = try await start(last: nil)
        #expect(moments > 10)
        for last in 1...moments { _ = try await start(last: last) }
    }

    /// Plays a start whose worker dies at the given moment, and another's after it.
    /// - Returns: how many moments the first one had.
    private func start(last: Int?) async throws -> Int {
        try await VirtualTime.run(seed: 1) { clock in
            let stage = Stage(clock: clock)
            let life = Life(last: last)
            try await stage.inActs {
                let dying = stage.worker("dying", life: life)
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await stage.live(dying, "dying", life) }
                    group.addTask {
                        try? await clock.sleep(for: .seconds(20))
                        await dying.drain()
                    }
                    await group.waitForAll()
                }
                #expect(life.isOver == (last != nil))
                try await stage.act { _ in
                    stage.publish(stage.request("r"))
                    await stage.settled(results: 1)
                }
            }
            #expect(Set(stage.register.map(\.id)) == ["memory"])
            stage.check(["r"])
            return life.moments
        }
    }

    @Test("a message that a worker with another journal sent on waits until a person has put this journal in its place")
    func foreignMessage() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { workers in
                stage.publish(stage.request("r"), to: stage.settings.names.resume) { message in
                    message.headers[CarriedHeader.journal] = .string("the one before")
                }
                stage.publish(stage.request("own"))
                try await clock.sleep(for: .seconds(120))
                #expect(stage.outcomes(of: "own").count == 1 && stage.outcomes(of: "r").isEmpty)
                #expect(try stage.journal.find(#require(RequestID(rawValue: "r"))) == nil)
                let waiting = stage.broker.ready(in: stage.settings.names.longRetry)
                #expect(waiting.compactMap { $0.headers[CarriedHeader.journal]?.text } == ["the one before"])
                #expect(workers["anna"]?.status.isReady == true)
                _ = try await stage.agreement.accept()
                await stage.settled(results: 2)
            }
            stage.check(["r", "own"])
        }
    }

    @Test("a message that names another journal for an hour is parked, and no request ends")
    func foreignForLong() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing(["anna", "bert"]) { _ in
                stage.publish(stage.request("r")) { $0.headers[CarriedHeader.journal] = .string("another") }
                await stage.settled(results: 1)
            }
            #expect(stage.results.first?.id.hasPrefix("r#rejected#") == true)
            #expect(clock.elapsed > .seconds(3000))
            let parked = stage.broker.ready(in: stage.settings.names.parking)
            #expect(parked.compactMap { $0.headers[CarriedHeader.reasonCode]?.text } == ["other_journal"])
            #expect(parked.compactMap { $0.headers[CarriedHeader.journal]?.text } == ["another"])
        }
    }

    @Test("every worker looks at the register from time to time, not the janitor alone")
    func everyWorker() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing(["anna", "bert", "carl"]) { workers in
                try await stage.turnRegister(under: workers, noticedWithin: .seconds(950))
                _ = try await stage.agreement.accept()
                await stage.wait("ready again") { _ in workers.values.allSatisfy(\.status.isReady) }
            }
        }
    }

    @Test("that a person accepted a journal is remembered while its generation rises, and not of another journal")
    func acceptedMark() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            stage.write(JournalIdentity(id: "lost", generation: 3))
            _ = try await stage.agreement.accept()
            for _ in 0..<3 { _ = try await stage.agreement.renew() }
            let held = try #require(stage.broker.ready(in: stage.settings.names.journal).first)
            #expect(String(decoding: held.body, as: UTF8.self).contains(#""accepted":true"#))
            stage.write(JournalIdentity(id: "memory", generation: 1))
            _ = try await stage.agreement.renew()
            let unmarked = try #require(stage.broker.ready(in: stage.settings.names.journal).first)
            #expect(!String(decoding: unmarked.body, as: UTF8.self).contains("accepted"))
        }
    }

    @Test("a command is not written into a journal that is not the pool's any more")
    func commandMeanwhile() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { workers in
                try await stage.turnRegister(under: workers, noticedWithin: .seconds(950))
                stage.publish(#"{"command":"cancel","id":"r"}"#, to: stage.settings.names.commands)
                // Longer than it is held.
                try await clock.sleep(for: .seconds(1800))
                let commands = stage.settings.names.commands
                #expect(stage.broker.ready(in: commands).count + stage.broker.unsettledCount(of: commands) == 1)
                _ = try await stage.agreement.accept()
                await stage.noCommands()
                stage.publish(stage.request("r"))
                await stage.settled(results: 1)
            }
            #expect(stage.results.map(\.id) == ["r#1#cancelled"])
        }
    }

    @Test("a register that turns into another's while workers live stops them from taking more")
    func changes() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { workers in
                try await stage.turnRegister(under: workers, noticedWithin: .seconds(700))
                stage.publish(stage.request("r"))
                try await clock.sleep(for: .seconds(60))
                #expect(stage.results.isEmpty)
                _ = try await stage.agreement.accept()
                await stage.settled(results: 1)
            }
            stage.check(["r"])
        }
    }
}

extension Stage {
    /// What the register holds, the head first.
    var register: [JournalIdentity] {
        broker.ready(in: settings.names.journal).compactMap { JournalIdentity(wire: $0.body) }
    }

    func write(_ identity: JournalIdentity) { write(identity.wire) }

    /// Lets the register turn into another journal's once all workers are ready; so long after none is any more.
    func turnRegister(under workers: [String: Worker], noticedWithin limit: Duration) async throws {
        await wait("ready") { _ in workers.values.allSatisfy(\.status.isReady) }
        write(JournalIdentity(id: "another", generation: 1))
        try await clock.sleep(for: limit)
        #expect(workers.values.allSatisfy { !$0.status.isReady })
    }

    func write(_ body: [UInt8]) {
        _ = broker.drain(settings.names.journal)
        broker.publish(
            OutgoingMessage(
                exchange: "",
                routingKey: settings.names.journal,
                mandatory: true,
                message: AMQPMessage(body: body)
            )
        )
    }

    /// As a person's tool has it.
    var agreement: JournalAgreement {
        JournalAgreement(
            register: AMQPRegister(
                queue: settings.names.journal,
                mode: .off,
                endpoints: [
                    AMQPEndpoint(
                        host: "node",
                        port: 5672,
                        virtualHost: "/",
                        user: "guest",
                        password: { "secret" },
                        tls: nil,
                        settings: ConnectionSettings()
                    )
                ],
                connectionName: "copyctl",
                transport: broker,
                clock: clock,
                random: { 0.5 }
            ),
            journal: journal
        )
    }
}
