import AzureEmulation
import CopyDomain
import Simulation
import Testing

@Suite("Lost answers")
struct LostAnswerTests {
    private func play(_ script: Script) async throws -> Scene {
        try await VirtualTime.run { clock in
            let scene = Scene(script, clock: clock)
            let before = Inventory(of: "east", in: scene.azure)
            _ = await scene.playRequest()
            try await scene.check(before: before, Matrix.cell(script.subject, .lostAnswer).ending)
            return scene
        }
    }

    @Test("of each request, before its work and after it", arguments: Subject.all, [FaultKind.reset, .answerLost])
    func each(_ subject: Subject, _ loss: FaultKind) async throws {
        for flow in Flow.all(of: subject) {
            let calm = try await play(flow.script(subject)).log.plot
            for (number, entry) in calm.enumerated() {
                let scene = try await play(
                    flow.script(subject).with { $0.strike = Strike(number: number, fault: loss) }
                )
                #expect(scene.log.plot[number].label == entry.label)
                #expect(scene.log.plot[number].status == nil)
                if subject.family == .documentIntelligence {
                    #expect(scene.outcomes.first?.leftBehind.isEmpty == true, "\(flow), \(entry)")
                }
            }
        }
    }

    @Test("of all calls with a side effect, each once", arguments: Subject.all, [FaultKind.reset, .answerLost])
    func all(_ subject: Subject, _ loss: FaultKind) async throws {
        for flow in Flow.all(of: subject) {
            var script = flow.script(subject)
            for call in subject.sideEffects { script.faults.append(FaultRule(loss, call: call, count: 1)) }
            let scene = try await play(script)
            #expect(scene.log.entries.count { $0.status == nil } >= 2)
        }
    }
}

extension Subject {
    /// The emulator's names of the calls with a side effect.
    fileprivate var sideEffects: [String] {
        switch family {
        case .formRecognizer: ["authorize", "copy", "deleteModel"]
        case .documentIntelligence: ["authorizeCopy", "copyTo", "deleteModel", "deleteClassifier"]
        case .customVision: ["import", "updateProject", "deleteProject"]
        }
    }
}
