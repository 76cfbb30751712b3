import CopyDomain
import CopyJournal
import JournalConformance
import JournalSQLite
import Testing

@Suite("a clock that is set")
struct ClockTests {
    @Test("forwards: whoever beats again first keeps what it holds; until then it may be taken, and it is fenced")
    func forwards() async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        let (kept, taken) = (try await bench.granted(Samples.id("kept")), Samples.id("taken"))
        let old = try await bench.granted(taken)
        workshop.clock.advance(.seconds(86_400))
        let new = try await bench.granted(taken, as: Samples.bob)
        #expect(try await journal.save(Samples.checkpoint(Samples.plan(taken)), for: old) == .fenced)
        _ = try await journal.beat(Samples.alice)
        #expect(try await bench.claim(kept.id, as: Samples.bob) == .runningElsewhere(Samples.alice))
        #expect(try await journal.save(Samples.checkpoint(Samples.plan(kept.id)), for: kept) == .held)
        #expect(try await journal.save(Samples.checkpoint(Samples.plan(taken)), for: new) == .held)
    }

    @Test("backwards: whoever beats again keeps what it holds, and the dead are not alive until the clock catches up")
    func backwards() async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        let (living, dead) = (try await bench.granted(Samples.id("living")), Samples.id("dead"))
        _ = try await bench.granted(dead, as: OwnerID(rawValue: "dead"))
        workshop.clock.advance(.seconds(-86_400))
        _ = try await journal.beat(Samples.alice)
        #expect(try await bench.claim(living.id, as: Samples.bob) == .runningElsewhere(Samples.alice))
        #expect(try await bench.grant(dead, as: Samples.bob).deaths.total == 1)
        #expect(try await journal.prune(endedBefore: bench.clock.now) == 0)
        #expect(try await journal.save(Samples.checkpoint(Samples.plan(living.id)), for: living) == .held)
    }

    @Test("a second to and fro: nobody notices", arguments: [-9, 9])
    func slightly(seconds: Int) async throws {
        let workshop = try Workshop()
        let (bench, _) = try await workshop.bench()
        let id = Samples.id("a")
        _ = try await bench.granted(id)
        workshop.clock.advance(.seconds(seconds))
        #expect(try await bench.claim(id, as: Samples.bob) == .runningElsewhere(Samples.alice))
    }
}
