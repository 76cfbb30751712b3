import CopyDomain
import CopyJournal
import JournalConformance
import Testing

@Suite("the journal in memory")
struct MemoryJournalTests {
    @Test("keeps the contract of every journal", arguments: JournalConformance.cases)
    func conforms(_ demand: ConformanceCase) async throws {
        let clock = SteppedClock()
        let journal = MemoryJournal(uptime: { clock.uptime }) { clock.now }
        let bench = JournalBench(journal: journal, neighbour: journal, clock: clock) { id, format in
            journal.restamp(id, format: format)
        }
        try await demand.run(bench)
    }

    @Test("takes another limit of silence")
    func limit() async throws {
        let clock = SteppedClock()
        let journal = MemoryJournal(staleAfter: .milliseconds(500), uptime: { clock.uptime }) { clock.now }
        let bench = JournalBench(journal: journal, neighbour: journal, clock: clock) { _, _ in }
        let id = Samples.id("quick")
        _ = try await bench.granted(id)
        clock.advance(.milliseconds(500))
        #expect(try await bench.claim(id, as: Samples.bob) == .runningElsewhere(Samples.alice))
        clock.advance(.milliseconds(1))
        #expect(try await bench.granted(id, as: Samples.bob).epoch == 2)
    }
}
