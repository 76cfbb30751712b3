import AzureEmulation
import CopyDomain
import Simulation
import Testing

/// However a request ends: one outcome, no authorization used twice, nothing left behind that is not named.
@Suite("Whatever Azure does")
struct TroubleTests {
    private struct Trouble: Hashable {
        let fault: FaultKind
        let when: Stage
    }

    private static let troubles = [
        Trouble(fault: .error500, when: .beforeWork), Trouble(fault: .error500, when: .afterWork),
        Trouble(fault: .error503, when: .beforeWork), Trouble(fault: .notFound, when: .beforeWork),
        Trouble(fault: .gone, when: .beforeWork),
    ]

    private func play(_ script: Script) async throws -> Scene {
        try await VirtualTime.run { clock in
            let scene = Scene(script, clock: clock)
            let before = Inventory(of: "east", in: scene.azure)
            _ = await scene.playRequest()
            // What nobody asked after has ended meanwhile.
            try await clock.sleep(for: .seconds(60))
            try await scene.check(before: before, nil)
            return scene
        }
    }

    @Test("an error for each request, before its work and after it", arguments: Subject.leading)
    func errors(_ subject: Subject) async throws {
        for flow in Flow.all(of: subject) where flow == .straight || flow == .replacing {
            let calm = try await play(flow.script(subject)).log.plot
            for number in calm.indices {
                for trouble in Self.troubles {
                    let strike = Strike(number: number, fault: trouble.fault, when: trouble.when)
                    _ = try await play(flow.script(subject).with { $0.strike = strike })
                }
            }
        }
    }

    @Test("no answer to a call, ever", arguments: Subject.leading)
    func silence(_ subject: Subject) async throws {
        let calm = try await play(Script(subject))
        for (resource, calls) in calm.azure.calls.sorted(by: { $0.key < $1.key }) {
            for call in calls.keys.sorted() {
                for loss in [FaultKind.reset, .answerLost] {
                    let fault = FaultRule(loss, resource: resource, call: call)
                    let script = Script(subject).with {
                        $0.faults = [fault]
                        $0.deadline = .seconds(300)
                    }
                    _ = try await play(script)
                }
            }
        }
    }

    @Test("an outage of ten seconds that begins with any request is sat out", arguments: Subject.leading)
    func outage(_ subject: Subject) async throws {
        let calm = try await play(Script(subject).with { $0.isFreeOfChance = true }).log.plot
        for entry in calm {
            let script = Script(subject).with {
                $0.isFreeOfChance = true
                $0.outage = entry.sentAt..<(entry.sentAt + .seconds(10))
            }
            let scene = try await play(script)
            #expect(scene.outcomes.first?.ending == .copied, "\(entry): \(scene.outcomes.first?.text ?? "")")
        }
    }

    @Test("its oddities", arguments: Subject.all)
    func oddities(_ subject: Subject) async throws {
        let odd = Quirks(
            ticks: true,
            refuseDuplicateNames: true,
            emptyCopyResult: true,
            plainCopyErrors: true,
            camelCaseInnerError: true,
            keepReservations: true,
            refuseUsedAuthorizations: true
        )
        for flow in Flow.all(of: subject) {
            _ = try await play(flow.script(subject).with { $0.quirks = odd })
        }
    }
}
