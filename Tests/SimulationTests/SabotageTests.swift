import CopyDomain
import Simulation
import Testing

/// A guard is taken out, and the checkers have to miss it: a checker that cannot fire checks nothing.
@Suite("Guards that are taken out")
struct SabotageTests {
    private struct Case: Sendable, CustomTestStringConvertible {
        let sabotage: Sabotage
        let blows: [Blow]
        let checkers: Set<Checker>

        var testDescription: String { sabotage.rawValue }
    }

    private static let cases = [
        Case(sabotage: .intentSave, blows: [], checkers: [.intentFirst]),
        Case(sabotage: .confirmWait, blows: [], checkers: [.acknowledgedLast]),
        Case(sabotage: .mandatory, blows: [.returned], checkers: [.acknowledgedLast]),
        Case(sabotage: .storedBytes, blows: [.death, .connectionsDropped], checkers: [.sameBytes]),
        Case(sabotage: .pollPace, blows: [], checkers: [.pollPace]),
        Case(
            sabotage: .epochCheck,
            blows: [.stop],
            checkers: [.fencedIsSilent, .storedFirst, .sameBytes, .oneOutcome]
        ),
    ]

    @Test("are missed", arguments: cases)
    private func missed(_ example: Case) {
        var fired: Set<Checker> = []
        for seed in UInt64(0)..<30 where fired.isDisjoint(with: example.checkers) {
            let report = World.play(seed: seed, blows: example.blows, sabotage: example.sabotage)
            fired.formUnion(report.violations.map(\.checker))
        }
        #expect(!fired.isDisjoint(with: example.checkers), "\(fired)")
    }

    @Test("sendBefore is missed when a worker is stopped between the intent and the call")
    func sendBefore() throws {
        let subject = try #require(CrashMatrix.Subject.all.first)
        let stops = CrashMatrix.stops(of: subject, .straight)
        let stop = try #require(
            stops.first { $0.place.boundary == .afterSave && $0.place.phase == .authorizing }
        )
        // The second save in that state is the intent.
        let (report, wasHit) = CrashMatrix.play(subject, .straight, at: stop, .stop, seed: 1, sabotage: .sendBefore)
        #expect(wasHit)
        #expect(report.violations.contains { $0.checker == .sentInTime || $0.checker == .fencedIsSilent })
    }
}
