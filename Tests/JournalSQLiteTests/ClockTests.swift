import CopyDomain
import CopyJournal
import JournalConformance
import JournalSQLite
import Testing

@Suite("the clocks of the journal's machine")
struct ClockTests {
    @Test("whoever was heard of before the machine was started anew is dead at once")
    func restarted() async throws {
        let workshop = try Workshop()
        let (bench, _) = try await workshop.bench()
        let id = Samples.id("a")
        _ = try await bench.granted(id)
        let again = try await SQLiteJournal(
            path: workshop.path,
            machine: MachineClock(boot: "the second") { [clock = workshop.clock] in clock.uptime }
        )
        let claim = try await again.claim(id, content: Samples.content, plan: Samples.plan(id), owner: Samples.bob)
        guard case .granted(let grant) = claim else { return try #require(Bool(false), "\(claim)") }
        #expect(grant.deaths.total == 1)
    }

    @Test("a wall clock that is set, however far, costs nobody what it holds", arguments: [-86_400, -11, 11, 86_400])
    func set(seconds: Int) async throws {
        let workshop = try Workshop()
        let (bench, journal) = try await workshop.bench()
        let lease = try await bench.granted(Samples.id("a"))
        workshop.clock.set(by: .seconds(seconds))
        #expect(try await bench.claim(lease.id, as: Samples.bob) == .runningElsewhere(Samples.alice))
        #expect(try await journal.save(Samples.checkpoint(Samples.plan(lease.id)), for: lease) == .held)
        #expect(try await journal.prune(endedBefore: bench.clock.now) == 0)
    }
}
