import AzureEmulation
import CopyDomain
import Simulation
import Testing

@Suite("An authorization that runs out")
struct ExpiryTests {
    @Test("while its copy is held back is replaced by another", arguments: Subject.all)
    func heldBack(_ subject: Subject) async throws {
        try await VirtualTime.run { clock in
            let script = Script(subject).with {
                $0.faults = [FaultRule(.throttle, call: subject.copyCall, retryAfter: 3600, count: 1)]
                // Where it lives for a day it is made to live for an hour.
                $0.quirks.tokenSeconds = 3600
                $0.deadline = .seconds(3 * 3600)
            }
            let scene = Scene(script, clock: clock)
            let before = Inventory(of: "east", in: scene.azure)
            _ = await scene.playRequest()
            try await scene.check(before: before, .copied)
            #expect(scene.azure.finishedTargets.count == 1)
            #expect(scene.azure.copies.count == 1)
            if subject.family == .customVision {
                #expect(scene.azure.calls["west"]?["export"] == 2)
            } else {
                #expect(scene.azure.authorizations.map(\.uses) == [0, 1])
            }
            #expect(scene.outcomes.first?.leftBehind.isEmpty == true)
        }
    }
}
