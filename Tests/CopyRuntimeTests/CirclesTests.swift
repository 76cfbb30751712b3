import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import CopyRuntime
import Simulation
import Testing

@Suite("What comes round and round")
struct CirclesTests {
    /// The way to a journal that cannot read what it holds of a request.
    private struct DamagedLine: JournalLine {
        let isDamaged: Shared<Bool>
        var spoilsCancelling = false

        func carry<Answer: Sendable>(
            _ body: @escaping @Sendable () throws(JournalError) -> Answer
        ) async throws(JournalError) -> Answer {
            if Answer.self == Cancellation.self, spoilsCancelling { throw JournalError(.unreadable, "damaged") }
            return try body()
        }

        func carry<Answer: Sendable>(
            writing phase: Phase,
            _ body: @escaping @Sendable () throws(JournalError) -> Answer
        ) async throws(JournalError) -> Answer {
            if isDamaged.withLock({ $0 }) { throw JournalError(.unreadable, "damaged") }
            return try body()
        }

        func carryBeat<Answer: Sendable>(
            _ body: @escaping @Sendable () throws(JournalError) -> Answer
        ) async throws(JournalError) -> Answer {
            try body()
        }
    }

    @Test("a record that becomes unreadable during a run: the request is rejected and parked")
    func unreadable() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, copyTime: .seconds(60))
            let isDamaged = Shared(false)
            let worker = stage.worker("anna", line: DamagedLine(isDamaged: isDamaged))
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await stage.broker.runTimers() }
                group.addTask { await stage.live(worker, "anna") }
                stage.publish(stage.request("r"))
                await stage.wait("the copy runs") { _ in stage.witness.diary.contains("send copy") }
                isDamaged.withLock { $0 = true }
                await stage.settled(results: 1, atMost: .seconds(120))
                await worker.drain()
                group.cancelAll()
            }
            #expect(stage.results.map(\.id).allSatisfy { $0.hasPrefix("r#rejected#") })
            let parked = stage.broker.ready(in: stage.settings.names.parking)
            #expect(parked.map { $0.headers["x-copy-reason-code"]?.text } == ["record_unreadable"])
        }
    }

    @Test("a cancel of a request whose record is unreadable is parked")
    func cancel() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            let worker = stage.worker("anna", line: DamagedLine(isDamaged: Shared(false), spoilsCancelling: true))
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await stage.live(worker, "anna") }
                stage.publish(#"{"command":"cancel","id":"r"}"#, to: stage.settings.names.commands)
                await stage.settled(results: 1, atMost: .seconds(120))
                await worker.drain()
                group.cancelAll()
            }
            #expect(stage.broker.ready(in: stage.settings.names.parking).count == 1)
        }
    }

    @Test("a message that no worker can send on ends in the parking queue, as it was")
    func unpublishable() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            try await stage.playing { _ in
                for text in ["{", stage.request("r", source: "source-9")] {
                    stage.publish(text) { $0.type = String(repeating: "t", count: 300) }
                }
                await stage.wait("they are parked", atMost: .seconds(60)) { broker in
                    broker.ready(in: stage.settings.names.parking).count == 2 && stage.isAllSettled
                }
            }
            let parked = stage.broker.ready(in: stage.settings.names.parking)
            #expect(parked.allSatisfy { $0.type?.count == 300 })
        }
    }

    @Test("an outcome that the broker never takes is tried every five minutes, and noted")
    func outcome() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            let key = "copy.document-model.succeeded.target-1"
            stage.broker.stumble(over: key, code: 406)
            try await stage.playing { workers in
                stage.publish(stage.request("r"))
                await stage.wait("it waits for long") { broker in
                    broker.ready(in: stage.settings.names.longRetry).count == 1
                }
                #expect(workers["anna"]?.status.notes.contains { $0.contains("r: does not get on") } == true)
                let before = stage.broker.record.attempts.count
                try await clock.sleep(for: .seconds(1200))
                // Each try costs a connection; the looks at the register are a few more.
                #expect((3...8).contains(stage.broker.record.attempts.count - before))
                stage.broker.stumble(over: key, code: nil)
                await stage.settled(results: 1)
                #expect(workers["anna"]?.status.notes.isEmpty == true)
            }
            stage.check(["r"])
        }
    }

    @Test("a request whose record is in another format is noted after a while")
    func otherFormat() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            let worker = stage.worker("anna", line: ForeignLine())
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await stage.broker.runTimers() }
                group.addTask { await stage.live(worker, "anna") }
                stage.publish(stage.request("r"))
                try await clock.sleep(for: .seconds(300))
                #expect(worker.status.notes.isEmpty)
                await stage.wait("it is noted", atMost: .seconds(400)) { _ in
                    worker.status.notes.contains { $0.contains("r: does not get on") }
                }
                #expect(worker.status.isReady)
                await worker.drain()
                group.cancelAll()
            }
        }
    }

    @Test("a request that only another version can read waits for it, whatever else its message meets")
    func illegible() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, maxInFlight: 0)
            let worker = stage.worker("anna", line: ForeignLine(isIllegible: true))
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await stage.broker.runTimers() }
                group.addTask { await stage.live(worker, "anna") }
                stage.publish(stage.request("unknown-resource", source: "source-9"))
                stage.publish(stage.request("no-room"))
                stage.publish(stage.request("given-up"), to: stage.settings.names.dead)
                await stage.wait("they are noted", atMost: .seconds(800)) { _ in worker.status.notes.count == 3 }
                #expect(worker.status.notes.allSatisfy { $0.contains("only another version of the worker reads") })
                #expect(stage.results.isEmpty)
                #expect(stage.broker.ready(in: stage.settings.names.parking).isEmpty)
                let hops = stage.broker.record.accepted.filter { $0.routingKey == stage.settings.names.retry }
                #expect(hops.count >= 3 * 60)
                #expect(hops.allSatisfy { $0.message.headers["x-copy-attempts"] == nil })
                await worker.drain()
                group.cancelAll()
            }
        }
    }

    /// The way to a journal that another version writes.
    private struct ForeignLine: JournalLine {
        /// Whether it writes what this one cannot even tell people of.
        var isIllegible = false

        func carry<Answer: Sendable>(
            _ body: @escaping @Sendable () throws(JournalError) -> Answer
        ) async throws(JournalError) -> Answer {
            if let claim = Claim.otherFormat(99) as? Answer { return claim }
            if isIllegible, Answer.self == Optional<JournalEntry>.self {
                throw JournalError(.unreadable, "of another version", otherFormat: 99)
            }
            return try body()
        }

        func carryBeat<Answer: Sendable>(
            _ body: @escaping @Sendable () throws(JournalError) -> Answer
        ) async throws(JournalError) -> Answer {
            try body()
        }
    }

    @Test("a command that kills whoever looks at it is parked unseen")
    func deadlyCommand() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            let text = """
                {"specversion":"1.0","id":"1","source":"urn:x","type":"t","data":{"command":"cancel","id":"r"},\
                "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}
                """
            let ghost = OwnerID(rawValue: "ghost")
            _ = try stage.journal.examine(Fingerprint.of(Array(text.utf8)), owner: ghost)
            try await clock.sleep(for: .seconds(11))
            try await stage.playing { _ in
                stage.publish(text, to: stage.settings.names.commands) {
                    $0.headers["x-copy-deaths"] = .integer(3)
                    $0.headers["x-copy-fatal-looks"] = .integer(1)
                }
                await stage.settled(results: 1, atMost: .seconds(60))
            }
            let parked = stage.broker.ready(in: stage.settings.names.parking)
            #expect(parked.map { $0.headers["x-copy-reason-code"]?.text } == ["poison_message"])
            // Not even the trace context is looked for in the body.
            let rejected = stage.broker.ready(in: "results")
            #expect(rejected.count == 1 && rejected.allSatisfy { $0.headers["traceparent"] == nil })
        }
    }

    @Test("a direct reply that breaks the connection is given up: outcomes go on, a drain is short")
    func deadlyReply() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            let key = "amq.rabbitmq.reply-to.garbage"
            stage.broker.stumble(over: key)
            let drained = Shared<Duration>(.zero)
            try await stage.playing { _ in
                for number in 0..<20 { stage.publish(stage.request("r-\(number)")) { $0.replyTo = key } }
                await stage.settled(results: 20)
                let before = stage.broker.record.attempts.count
                try await clock.sleep(for: .seconds(600))
                #expect(stage.broker.record.attempts.count - before <= 20)
                drained.withLock { $0 = clock.elapsed }
            }
            #expect(clock.elapsed - drained.withLock { $0 } < .seconds(5))
            stage.check((0..<20).map { "r-\($0)" })
        }
    }

    @Test("a queue of ours that was deleted is declared again as soon as a message misses it")
    func deletedQueue() async throws {
        try await VirtualTime.run { clock in
            var stage = Stage(clock: clock)
            stage.mode = .declare
            let play = stage
            try await play.playing { workers in
                try await clock.sleep(for: .seconds(1))
                play.broker.delete(queue: play.settings.names.parking)
                play.publish("{")
                await play.settled(results: 1, atMost: .seconds(10))
                #expect(workers["anna"]?.status.isReady == true)
            }
            #expect(play.broker.ready(in: play.settings.names.parking).count == 1)
        }
    }
}

extension Stage {
    /// A worker with its own way to the journal.
    func worker(_ name: String, line: any JournalLine) -> Worker {
        let life = Life()
        return Worker.mortal(
            name,
            life: life,
            settings: settings,
            catalogue: catalogue,
            journal: WatchedJournal(base: journal, line: line, observer: witness),
            azure: AzureDoor(azure: azure, life: life, witness: witness),
            broker: broker,
            clock: clock,
            now: { [clock] in Self.noon + clock.elapsed },
            random: dice.roll
        )
    }
}
