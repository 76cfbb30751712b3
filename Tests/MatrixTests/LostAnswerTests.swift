import AMQPDoubles
import AzureEmulation
import CopyDomain
import Testing
import WorkerSupport

@Suite("Lost answers")
struct LostAnswerTests {
    /// Before the call's work and after it.
    static let losses: [FaultKind] = [.reset, .answerLost]

    private func play(_ script: Script, seed: UInt64 = 0) async throws -> (Outcome, Set<String>) {
        try await VirtualTime.run(seed: seed) { clock in
            let scene = Scene(script, clock: clock, seed: seed)
            let before = try await Inventory(of: "east", in: scene.azure)
            _ = await scene.playRequest()
            try await scene.check(before: before, Matrix.cell(script.subject, .lostAnswer).ending)
            return (try #require(scene.outcomes.first), Set(scene.azure.calls.values.flatMap(\.keys)))
        }
    }

    @Test("of each call with a side effect", arguments: Subject.all)
    func each(_ subject: Subject) async throws {
        for flow in Flow.all(of: subject) {
            for call in subject.sideEffects(in: flow) {
                for loss in Self.losses {
                    var script = flow.script(subject)
                    script.faults.append(FaultRule(loss, call: call, count: 1))
                    let (outcome, calls) = try await play(script)
                    #expect(calls.contains(call), "\(flow) makes no such call: \(call)")
                    if subject.family == .documentIntelligence {
                        #expect(outcome.leftBehind.isEmpty, "\(flow), \(call), \(loss)")
                    }
                }
            }
        }
    }

    @Test("of each call with a side effect, each time once", arguments: Subject.all)
    func all(_ subject: Subject) async throws {
        for flow in Flow.all(of: subject) {
            for loss in Self.losses {
                var script = flow.script(subject)
                for call in subject.sideEffects(in: flow) {
                    script.faults.append(FaultRule(loss, call: call, count: 1))
                }
                _ = try await play(script)
            }
        }
    }
}
