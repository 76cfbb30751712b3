import Simulation
import Testing

@Suite("The crash matrix")
struct CrashMatrixTests {
    @Test("strikes a worker wherever it comes by, once", arguments: CrashMatrix.Subject.all, Trap.Blow.allCases)
    func cells(_ subject: CrashMatrix.Subject, _ blow: Trap.Blow) {
        let stops = CrashMatrix.stops(of: subject, .straight)
        #expect(Set(stops.map(\.place.boundary)) == Set(Boundary.allCases))
        for stop in stops {
            let (report, wasHit) = CrashMatrix.play(subject, .straight, at: stop, blow, seed: 0)
            #expect(wasHit, "\(stop)")
            #expect(report.violations.isEmpty, "\(stop): \(report.violations)")
        }
    }
}
