import Testing

@testable import CopyDomain

/// Thousands of runs in a world that loses answers, throttles, refuses, kills the worker and stops the run.
///
/// Each run has to end, with at most one finished target; what else is in Azure has to be owed, and paying what is
/// owed has to leave exactly the target of a success.
@Suite("In a bad world")
struct WalkTests {
    private static let walks: UInt64 = 3000

    private var limits: MachineLimits {
        var limits = MachineLimits()
        limits.importTime = .seconds(240)
        limits.grace = .seconds(300)
        return limits
    }

    @Test("a Form Recognizer v2 copy ends, with at most one target, and everything else owed")
    func formRecognizer() {
        var ends: [String: Int] = [:]
        for seed in 1...Self.walks {
            var generator = SeededGenerator(seed: seed &+ 1_000_000)
            let azure = SimulatedFormRecognizer(skew: generator.seconds(-120...120))
            var walk = Walk(FormRecognizerMachine(plan(limits: limits)), in: azure, seed: seed)
            walk.run()
            let violations = walk.judge()
            #expect(violations == [], "seed \(seed)")
            ends[name(of: walk.conclusion), default: 0] += 1
        }
        expectVariety(ends)
    }

    @Test("a Custom Vision project copy ends, with at most one project, and everything else owed")
    func customVision() {
        var ends: [String: Int] = [:]
        for seed in 1...Self.walks {
            var generator = SeededGenerator(seed: seed &+ 2_000_000)
            let azure = SimulatedCustomVision(skew: generator.seconds(-120...120))
            let plan = plan(.customVision3_3, targetName: "parts 2026", limits: limits)
            var walk = Walk(CustomVisionMachine(plan), in: azure, seed: seed)
            walk.run()
            let violations = walk.judge()
            #expect(violations == [], "seed \(seed)")
            ends[name(of: walk.conclusion), default: 0] += 1
        }
        expectVariety(ends)
    }

    private func name(of conclusion: Conclusion?) -> String {
        switch conclusion {
        case .succeeded?: "succeeded"
        case .failed(let failure)?: failure.code.rawValue
        case .cancelled?: "cancelled"
        case .checked?: "checked"
        case nil: "none"
        }
    }

    /// Walks that all end alike would prove little.
    private func expectVariety(_ ends: [String: Int]) {
        #expect(ends["succeeded", default: 0] > 1000, "\(ends)")
        #expect(ends["cancelled", default: 0] > 100, "\(ends)")
        #expect(ends["deadline_exceeded", default: 0] > 100, "\(ends)")
        #expect(ends.count >= 5, "\(ends)")
    }
}
