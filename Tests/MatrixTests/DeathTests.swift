import CopyDomain
import Simulation
import Testing

/// A moment is right before or after a journal call's work, before a request to Azure is sent, before its answer is
/// heard, and before or after the broker takes a message or an acknowledgement.
@Suite("The worker dies")
struct DeathTests {
    private func play(_ script: Script, dyingAt last: Int?) async throws -> (Int, Phase?, [Phase]) {
        try await VirtualTime.run(seed: UInt64(last ?? 0)) { clock in
            let scene = Scene(script, clock: clock, seed: 1)
            let before = Inventory(of: "east", in: scene.azure)
            let (moments, phase) = await scene.playRequest(dyingAt: last)
            try await scene.check(before: before, Matrix.cell(script.subject, .resumes).ending)
            return (moments, phase, scene.witness.phases)
        }
    }

    @Test("at every moment of every flow: another one ends the request", arguments: Subject.all)
    func everyMoment(_ subject: Subject) async throws {
        for flow in Flow.all(of: subject) {
            let script = flow.script(subject)
            let (moments, _, phases) = try await play(script, dyingAt: nil)
            #expect(moments > 30)
            var deaths: Set<Phase> = []
            for last in 1...moments {
                let (_, phase, _) = try await play(script, dyingAt: last)
                if let phase { deaths.insert(phase) }
            }
            #expect(deaths.isSuperset(of: phases), "no death in \(Set(phases).subtracting(deaths)) of \(flow)")
        }
    }
}
