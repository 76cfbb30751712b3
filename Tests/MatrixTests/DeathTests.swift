import AMQPDoubles
import AzureEmulation
import CopyDomain
import Testing
import WorkerSupport

/// A moment is right before or after a journal call's work, before a request to Azure is sent, before its answer is
/// heard, and before or after the broker takes a message or an acknowledgement.
@Suite("The worker dies")
struct DeathTests {
    private func play(_ script: Script, dyingAt last: Int?, uses: Int = 1) async throws -> (Int, Phase?, [Phase]) {
        try await VirtualTime.run(seed: UInt64(last ?? 0)) { clock in
            let scene = Scene(script, clock: clock, seed: 1)
            let before = try await Inventory(of: "east", in: scene.azure)
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

    @Test("at moments of a flow whose copy or import was lost as well", arguments: Subject.all)
    func afterLoss(_ subject: Subject) async throws {
        let call = subject.sideEffects(in: .straight)[subject.family == .customVision ? 0 : 1]
        for fault in [FaultRule(.reset, call: call, count: 1), FaultRule(.answerLost, call: call, count: 1)] {
            let script = Script(subject).with { $0.faults = [fault] }
            let (moments, _, _) = try await play(script, dyingAt: nil)
            // Most of them are looks at what has become of the call.
            for last in stride(from: 1, through: moments, by: 5) { _ = try await play(script, dyingAt: last) }
        }
    }
}
