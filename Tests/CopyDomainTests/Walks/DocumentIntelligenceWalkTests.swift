import Testing

@testable import CopyDomain

/// As ``WalkTests``, with strangers who take the target's id before the run, or while it goes on.
@Suite("In a bad world, among strangers")
struct DocumentIntelligenceWalkTests {
    private static let walks: UInt64 = 1500

    @Test(
        "a Document Intelligence copy ends, with at most one target, nobody else's touched, and everything else named",
        arguments: ConflictPolicy.allCases
    )
    func walk(policy: ConflictPolicy) {
        var limits = MachineLimits()
        limits.grace = .seconds(300)
        var ends: [String: Int] = [:]
        for seed in 1...Self.walks {
            var generator = SeededGenerator(seed: seed &+ 3_000_000)
            let azure = SimulatedDocumentIntelligence(
                skew: generator.seconds(-120...120),
                policy: policy,
                using: &generator
            )
            let kind: CopyKind = generator.happens(50) ? .documentModel : .documentClassifier
            let plan = plan(.documentIntelligence4_0, kind: kind, onConflict: policy, limits: limits)
            var walk = Walk(DocumentIntelligenceMachine(plan), in: azure, seed: seed)
            walk.run()
            if let success = walk.conclusion?.success {
                #expect(
                    walk.azure.isWhole(alreadyThere: success.alreadyThere),
                    "seed \(seed): success without a target"
                )
            }
            #expect(
                walk.azure.isNamed(by: walk.conclusion, or: walk.machine.obligations),
                "seed \(seed): left without a word"
            )
            #expect(walk.judge() == [], "seed \(seed)")
            ends[name(of: walk.conclusion), default: 0] += 1
        }
        #expect(ends["succeeded", default: 0] > 500, "\(ends)")
        #expect(ends["cancelled", default: 0] > 50, "\(ends)")
        #expect(ends["deadline_exceeded", default: 0] > 20, "\(ends)")
        #expect(ends["already there", default: 0] > 50 || policy != .skip, "\(ends)")
        #expect(ends["target_id_taken", default: 0] > 50 || policy != .fail, "\(ends)")
        #expect(ends["target_reserved", default: 0] > 20, "\(ends)")
        #expect(ends.count >= 8, "\(ends)")
    }

    private func name(of conclusion: Conclusion?) -> String {
        switch conclusion {
        case .succeeded(let success)?: success.alreadyThere ? "already there" : "succeeded"
        case .failed(let failure)?: failure.code.rawValue
        case .cancelled?: "cancelled"
        case .checked?: "checked"
        case nil: "none"
        }
    }
}
