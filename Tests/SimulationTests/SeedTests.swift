import Simulation
import Testing

@Suite("Seeds")
struct SeedTests {
    @Test("come to rest, and nothing is violated", arguments: 0..<30)
    func seeds(_ seed: UInt64) {
        let report = World.play(seed: seed)
        #expect(report.violations.isEmpty, "\(report.violations)")
        #expect(report.simulated >= .seconds(600))
        #expect(report.requests >= 8)
        #expect(report.blows.values.reduce(0, +) >= 3)
    }

    @Test("play each kind of thing that goes wrong", arguments: Blow.allCases)
    func blows(_ blow: Blow) {
        let report = World.play(seed: 1, blows: [blow])
        #expect(report.violations.isEmpty, "\(report.violations)")
        #expect(report.blows.keys.map(\.self) == [blow])
    }

    @Test("play alike again, and with a trace, but not like each other")
    func hashes() {
        let first = World.play(seed: 7)
        #expect(World.play(seed: 7, isTraced: true).hash == first.hash)
        #expect(World.play(seed: 8).hash != first.hash)
        #expect(first.trace.isEmpty)
    }
}
