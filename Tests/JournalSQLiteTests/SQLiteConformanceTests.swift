import CopyDomain
import CopyJournal
import JournalConformance
import JournalSQLite
import Testing

@Suite("the journal in SQLite")
struct SQLiteConformanceTests {
    @Test("keeps the contract of every journal, two of them on one file", arguments: JournalConformance.cases)
    func conforms(_ demand: ConformanceCase) async throws {
        let workshop = try Workshop()
        try await demand.run(workshop.bench().bench)
        #expect(try workshop.sqlite3("PRAGMA integrity_check; PRAGMA foreign_key_check") == "ok")
    }

    @Test("keeps everything when it is closed and opened again")
    func reopened() async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        let plan = Samples.plan(Samples.id("kept"))
        let lease = try await bench.granted(Samples.id("kept"))
        let machine = Samples.machine(plan, suspects: ["s1"], model: "m1")
        let saved = Samples.checkpoint(plan, machine: machine, sequence: 9, context: ["traceparent": "00-1-2-01"])
        #expect(try await journal.save(saved, for: lease) == .held)
        #expect(try await journal.reserve("name", for: lease) == .granted)
        let ended = try await bench.granted(Samples.id("ended"))
        try await bench.end(ended, body: "the body")
        let owed = try await journal.obligations()
        try await journal.close()

        let again = try await workshop.open()
        let claim = try await again.claim(lease.id, content: Samples.content, plan: plan, owner: Samples.alice)
        #expect(claim == .mine(lease))
        #expect(try await again.obligations() == owed)
        #expect(try await again.find(ended.id)?.outcome == Samples.outcome(ended.id, body: "the body"))
        try await again.release([lease])
        let next = try await again.claim(lease.id, content: Samples.content, plan: plan, owner: Samples.bob)
        let second = Lease(id: lease.id, run: 1, epoch: lease.epoch + 1, owner: Samples.bob)
        #expect(next == .granted(Grant(lease: second, checkpoint: saved, isNew: false)))
    }

    @Test("keeps its identity over re-opening, and an older copy of it shows as older")
    func identity() async throws {
        let workshop = try Workshop()
        let first = try await workshop.open()
        let identity = try await first.identity()
        #expect(try await first.advance(beyond: nil).generation == 1)
        try await first.close()
        try workshop.run("cp", workshop.path, workshop.directory + "/backup.db")
        let second = try await workshop.open()
        #expect(try await second.advance(beyond: 6) == JournalIdentity(id: identity.id, generation: 7))
        try await second.close()
        #expect(try await workshop.open().identity() == JournalIdentity(id: identity.id, generation: 7))

        let restored = try await workshop.open(workshop.directory + "/backup.db")
        let older = try await restored.identity()
        #expect(older == JournalIdentity(id: identity.id, generation: 1))
        let another = try await workshop.open(workshop.directory + "/another.db")
        #expect(try await another.identity().id != identity.id)
    }

    @Test("keeps what version 2 came to know when it is closed and opened again")
    func reopenedOffice() async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        let plan = Samples.plan(Samples.id("a"))
        let lease = try await bench.granted(plan.request.id)
        let machine = Samples.machine(plan, suspects: ["s1"], model: nil)
        #expect(try await journal.save(Samples.checkpoint(plan, machine: machine), for: lease) == .held)
        let number = try #require(try await journal.obligations().first).number
        try await journal.record(.needsPerson("two of them", nextLook: workshop.clock.now + .seconds(60)), of: number)
        let owed = try await journal.obligations()
        #expect(try await journal.confine(lease) == .held)
        #expect(try await journal.cancel(plan.request.id) == .noted)
        #expect(try await journal.tend(Samples.alice))
        #expect(try await journal.examine("f", owner: Samples.alice) == .open)
        try await journal.close()

        let again = try await workshop.open()
        #expect(try await again.obligations() == owed)
        #expect(try await again.beat(Samples.alice) == [plan.request.id])
        #expect(try await again.tend(Samples.bob) == false)
        #expect(try await again.examine("f", owner: Samples.bob) == .elsewhere(Samples.alice))
        workshop.clock.advance(.seconds(11))
        let claim = try await again.claim(lease.id, content: Samples.content, plan: plan, owner: Samples.bob)
        guard case .granted(let grant) = claim else { return try #require(Bool(false), "\(claim)") }
        #expect(grant.isCancelRequested)
        #expect(grant.deaths == OwnerDeaths(recent: 1, total: 1, wasAlone: true))
    }

    @Test("uses the host's clock and ten seconds unless told otherwise")
    func defaults() async throws {
        let workshop = try Workshop()
        let journal = try await SQLiteJournal(path: workshop.path)
        let id = Samples.id("defaults")
        let plan = Samples.plan(id)
        _ = try await journal.claim(id, content: [], plan: plan, owner: Samples.alice)
        let seen = try #require(Int64(try workshop.sqlite3("SELECT seen_at FROM owner")))
        let unix = try #require(Int64(try workshop.run("date", "+%s%3N")))
        #expect((unix - 60_000...unix).contains(seen))
        try workshop.sqlite3("UPDATE owner SET seen_at = \(unix + 5_000)")
        let early = try await journal.claim(id, content: [], plan: plan, owner: Samples.bob)
        #expect(early == .runningElsewhere(Samples.alice))
        try workshop.sqlite3("UPDATE owner SET seen_at = \(unix - 10_001)")
        guard case .granted = try await journal.claim(id, content: [], plan: plan, owner: Samples.bob) else {
            Issue.record("not granted")
            return
        }
    }
}
