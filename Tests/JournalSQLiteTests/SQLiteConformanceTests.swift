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
