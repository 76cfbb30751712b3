import CopyDomain
import CopyJournal
import GRDB
import JournalConformance
import Testing

@testable import JournalSQLite

@Suite("a store in trouble")
struct TroubleTests {
    @Test("says that it is unavailable while another process keeps the lock, and works afterwards")
    func locked() async throws {
        let workshop = try Workshop()
        let journal = try await workshop.open(callLimit: .seconds(2))
        let holder = try LockHolder(workshop.path)
        let failure = try #require(await failure { _ = try await journal.beat(Samples.alice) })
        #expect(failure.code == .unavailable)
        #expect(failure.message.contains("locked"))
        #expect(try await journal.find(Samples.id("a")) == nil)
        try holder.letGo()
        _ = try await journal.beat(Samples.alice)
        #expect(try workshop.sqlite3("SELECT count(*) FROM owner") == "1")
    }

    @Test("waits for a lock that is let go in time")
    func waiting() async throws {
        let workshop = try Workshop()
        let journal = try await workshop.open()
        let holder = try LockHolder(workshop.path)
        async let beat = journal.beat(Samples.alice)
        try holder.letGo()
        #expect(try await beat == [])
        #expect(try workshop.sqlite3("SELECT id FROM owner") == "alice")
    }

    @Test("opens although another process keeps the lock")
    func opening() async throws {
        let workshop = try Workshop()
        let first = try await workshop.open()
        let holder = try LockHolder(workshop.path)
        let second = try await workshop.open()
        #expect(try await second.find(Samples.id("a")) == nil)
        try holder.letGo()
        _ = try await second.beat(Samples.alice)
        try await first.close()
    }

    @Test("says that the disk is full, keeps what it has, and goes on when there is room")
    func full() async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        let plan = Samples.plan(Samples.id("a"))
        let lease = try await bench.granted(Samples.id("a"))
        let pages = try await journal.pool.writeWithoutTransaction { db in
            let count = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            return try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(count + 2)") ?? 0
        }
        let large = Samples.checkpoint(plan, sequence: 2, context: ["x": String(repeating: "x", count: pages * 4096)])
        let failure = try #require(await failure { _ = try await journal.save(large, for: lease) })
        #expect(failure.code == .unavailable)
        #expect(failure.message.contains("full"))
        #expect(try await journal.save(Samples.checkpoint(plan, sequence: 1), for: lease) == .held)
        _ = try await journal.pool.writeWithoutTransaction { db in
            try Int.fetchOne(db, sql: "PRAGMA max_page_count = 1000000")
        }
        #expect(try await journal.save(large, for: lease) == .held)
    }

    @Test("ends a call that gets no answer at its limit")
    func deadline() async throws {
        let deadlines = Deadlines(limit: .milliseconds(50))
        let failure = await failure { try await deadlines.call { (_: Ticket<Void>) in } }
        #expect(failure?.code == .unavailable)
        let quick: Int = try await Deadlines(limit: .seconds(60)).call { $0.settle(.success(7)) }
        #expect(quick == 7)
        let second = await failureOfTwo(deadlines)
        #expect(second.map(\.?.code) == [.unavailable, .unavailable])
    }

    private func failureOfTwo(_ deadlines: Deadlines) async -> [JournalError?] {
        async let one = failure { try await deadlines.call { (_: Ticket<Void>) in } }
        async let two = failure { try await deadlines.call { (_: Ticket<Void>) in } }
        return await [one, two]
    }

    @Test("takes an answer once")
    func ticket() async throws {
        let answer: Ticket<Int>.Answer = await withCheckedContinuation { continuation in
            let ticket = Ticket<Int>(continuation)
            #expect(ticket.isAwaited)
            #expect(ticket.settle(.success(1)))
            #expect(!ticket.isAwaited)
            #expect(!ticket.settle(.success(2)))
        }
        #expect(answer == .success(1))
    }

    @Test("drops a write that nobody waits for any more before it has begun")
    func dropped() async throws {
        let workshop = try Workshop()
        let journal = try await workshop.open(callLimit: .seconds(1))
        let blocker = await DispatchGate.occupying { work in journal.pool.asyncWriteWithoutTransaction { _ in work() } }
        let failure = await failure { _ = try await journal.beat(Samples.alice) }
        #expect(failure?.code == .unavailable)
        blocker.open()
        _ = try await journal.beat(Samples.bob)
        #expect(try workshop.sqlite3("SELECT id FROM owner") == "bob")
    }

    @Test("keeps few of the writes that nobody waits for any more while a commit does not come back")
    func givenUp() async throws {
        let workshop = try Workshop()
        let journal = try await workshop.open()
        let blocker = await DispatchGate.occupying { work in journal.pool.asyncWriteWithoutTransaction { _ in work() } }
        defer { blocker.open() }
        async let beat = journal.beat(Samples.bob)
        while journal.commits.waitingCount == 0 { await Task.yield() }
        var most = 0
        for _ in 0..<5000 {
            let _: Ticket<Void>.Answer = await withCheckedContinuation { continuation in
                let ticket = Ticket<Void>(continuation)
                journal.commits.add(
                    QueuedWrite(answering: ticket, undo: nil) { try $0.touch(OwnerID(rawValue: "given up")) }
                )
                ticket.settle(.failure(JournalError(.unavailable, "no answer from the store")))
            }
            most = max(most, journal.commits.waitingCount)
        }
        #expect(most < 100)
        blocker.open()
        #expect(try await beat == [])
        #expect(try workshop.sqlite3("SELECT id FROM owner") == "bob")
    }

    @Test(
        "names the request whose record was damaged, and nothing of what it holds",
        arguments: [
            "checkpoint = '{}'", "checkpoint = 'canary'", "checkpoint = '{\"canary\":'", "plan = '[]'",
            "epoch = 9223372036854775807",
        ]
    )
    func damagedRecord(change: String) async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        let lease = try await bench.granted(Samples.id("hurt"))
        try await journal.release([lease])
        try workshop.sqlite3("UPDATE request SET \(change) WHERE id = 'hurt'")
        let failure = try #require(await failure { _ = try await bench.claim(lease.id) })
        #expect(failure.code == .unreadable)
        #expect(failure.message.contains("hurt"))
        #expect(!failure.message.contains("canary"))
        guard change.hasPrefix("checkpoint") else { return }
        let entry = try #require(try await journal.find(lease.id))
        #expect(entry.damage == failure.message)
    }

    @Test(
        "leaves out the obligation whose record was damaged, tells of it, and lets a person settle it",
        arguments: ["record = 'canary'", "record = '{}'", "run = 9223372036854775807, record = ''", "request = ' '"]
    )
    func damagedObligation(change: String) async throws {
        let workshop = try Workshop()
        let journal = try await workshop.open()
        for id in ["hurt", "whole"] {
            let fact = LearnedFact.made(.project(id: id), resource: Samples.resource("r"))
            try await journal.learned(fact, for: Lease(id: Samples.id(id), run: 1, epoch: 1, owner: Samples.alice))
        }
        try workshop.sqlite3("UPDATE obligation SET \(change) WHERE request = 'hurt'")
        #expect(try await journal.obligations().map(\.request.rawValue) == ["whole"])
        let damaged = try #require(try await journal.unreadableObligations().first)
        #expect(try await journal.unreadableObligations() == [damaged])
        #expect(damaged.message.contains("cannot be read") && !damaged.message.contains("canary"))
        try await journal.record(.served("seen to"), of: damaged.number)
        #expect(try await journal.unreadableObligations() == [])
        #expect(try await journal.obligations().count == 1)
    }

    @Test("takes what an older version left to a person for a person's, and looks at once")
    func leftToPersonBefore() async throws {
        let workshop = try Workshop()
        let journal = try await workshop.open()
        let fact = LearnedFact.made(.project(id: "p"), resource: Samples.resource("r"))
        try await journal.learned(fact, for: Lease(id: Samples.id("old"), run: 1, epoch: 1, owner: Samples.alice))
        try workshop.sqlite3("UPDATE obligation SET finding = 'look', next_look = NULL")
        let old = try #require(try await journal.obligations().first)
        #expect(old.needsPerson && old.nextLook == old.due && old.finding == "look")
        let moment = Timestamp(milliseconds: 1_795_262_400_000)
        try await journal.record(.needsPerson("look", nextLook: moment), of: old.number)
        // An older version must take it for due at once, not for never.
        #expect(try workshop.sqlite3("SELECT next_look < 0 FROM obligation") == "1")
        let new = try #require(try await journal.obligations().first)
        #expect(new.needsPerson && new.nextLook == moment)
    }

    @Test(
        "says that it takes another version to read what that version wrote",
        arguments: ["phase = 'canary'", "plan = '{\"canary\":1}'"]
    )
    func laterVersion(change: String) async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        let id = Samples.id("later")
        _ = try await bench.granted(id)
        let format = Checkpoint.currentFormat + 1
        try await bench.restamp(id, format)
        let entry = try #require(try await journal.find(id))
        #expect(entry.damage?.contains("in the format \(format)") == true)
        try workshop.sqlite3("UPDATE request SET \(change)")
        for failure in [
            await failure { _ = try await journal.find(id) },
            await failure { _ = try await journal.list(after: nil, limit: 5) },
        ] {
            #expect(failure?.code == .unreadable)
            #expect(failure?.otherFormat == format)
            #expect(failure?.message.contains("later was written by another version") == true)
            #expect(failure?.message.contains("canary") == false)
        }
    }

    @Test(
        "tells people which entry cannot be read",
        arguments: ["phase = 'canary'", "plan = 'canary'", "run = 9223372036854775807 - 1, plan = ''"]
    )
    func damagedEntry(change: String) async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        _ = try await bench.granted(Samples.id("hurt"))
        try workshop.sqlite3("UPDATE request SET \(change)")
        for failure in [
            await failure { _ = try await journal.find(Samples.id("hurt")) },
            await failure { _ = try await journal.list(after: nil, limit: 5) },
        ] {
            #expect(failure?.code == .unreadable)
            #expect(failure?.otherFormat == nil)
            #expect(failure?.message.contains("hurt") == true)
            #expect(failure?.message.contains("canary") == false)
        }
    }
}
