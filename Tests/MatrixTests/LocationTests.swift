import AzureEmulation
import CopyDomain
import Simulation
import Testing

@Suite("Operation-Location")
struct LocationTests {
    private static let subjects = Subject.all(of: .formRecognizer, .documentIntelligence)

    private func play(_ subject: Subject, _ fault: FaultKind, _ expected: Cell.Ending) async throws -> Scene {
        try await VirtualTime.run { clock in
            let scene = Scene(
                Script(subject).with { $0.faults = [FaultRule(fault, call: subject.copyCall)] },
                clock: clock
            )
            let before = Inventory(of: "east", in: scene.azure)
            _ = await scene.playRequest()
            // The copy that nobody asked after has ended meanwhile.
            try await clock.sleep(for: .seconds(60))
            try await scene.check(before: before, expected)
            return scene
        }
    }

    @Test("on another host is refused, and nothing goes there", arguments: subjects)
    func foreign(_ subject: Subject) async throws {
        let scene = try await play(subject, .foreignLocation, .failed(.foreignOperationLocation))
        let hosts = Set(scene.log.entries.map(\.host))
        #expect(hosts == ["west.emulated.test", "east.emulated.test"])
        #expect(scene.azure.finishedTargets.isEmpty)
    }

    @Test("in other letter case, or of another version, is followed", arguments: subjects)
    func bent(_ subject: Subject) async throws {
        for fault in [FaultKind.otherCaseLocation, .otherVersionLocation] {
            let scene = try await play(subject, fault, .copied)
            #expect(scene.azure.copies.map(\.polls).allSatisfy { $0 > 0 })
        }
    }
}
