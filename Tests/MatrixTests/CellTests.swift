import AzureEmulation
import CopyDomain
import Simulation
import Testing

/// The scenarios of the matrix in which one request is played from beginning to end.
@Suite("Cells of the matrix")
struct CellTests {
    /// Plays a request and holds its end against the matrix.
    private func play(
        _ script: Script,
        _ scenario: Scenario,
        also further: @escaping @Sendable (Scene, PublishedOutcome) async throws -> Void = { _, _ in }
    ) async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(script, clock: clock)
            let before = Inventory(of: "east", in: scene.azure)
            _ = await scene.playRequest()
            try await scene.check(before: before, Matrix.cell(script.subject, scenario).ending)
            try await further(scene, try #require(scene.outcomes.first))
        }
    }

    @Test("a copy", arguments: Subject.all)
    func copies(_ subject: Subject) async throws {
        try await play(Script(subject), .copies) { scene, outcome in
            #expect(outcome.attempts == 1)
            #expect(outcome.leftBehind.isEmpty)
            #expect(scene.azure.finishedTargets.map(\.target) == ["east/\(outcome.targetID ?? "")"])
        }
    }

    @Test("the configured region is wrong", arguments: Subject.all)
    func wrongRegion(_ subject: Subject) async throws {
        try await play(Script(subject).with { $0.isRegionWrong = true }, .wrongRegion) { scene, outcome in
            if subject.family == .formRecognizer {
                #expect(outcome.attempts == 2)
                #expect(scene.azure.finishedTargets.isEmpty)
                #expect(outcome.leftBehind.isEmpty)
            }
        }
    }

    @Test("the target's id is taken", arguments: Subject.all, ConflictPolicy.allCases)
    func conflict(_ subject: Subject, _ policy: ConflictPolicy) async throws {
        let scenario: Scenario =
            switch policy {
            case .fail: .conflictFail
            case .skip: .conflictSkip
            case .replace: .conflictReplace
            }
        let script = Script(subject).with {
            $0.isTaken = true
            $0.onConflict = policy
        }
        try await play(script, scenario) { scene, _ in
            let writes = scene.log.entries.filter(\.hasSideEffect).map { $0.label.prefix { $0 != " " } }
            if subject.family == .documentIntelligence, policy == .replace {
                #expect(writes == ["DELETE", "POST", "POST"])
            } else {
                #expect(writes.isEmpty)
            }
        }
    }

    @Test("the source is missing", arguments: Subject.all)
    func sourceMissing(_ subject: Subject) async throws {
        try await play(Script(subject).with { $0.isSourceMissing = true }, .sourceMissing) { scene, _ in
            #expect(scene.log.entries.filter(\.hasSideEffect).isEmpty)
            #expect(scene.azure.authorizations.isEmpty)
        }
    }

    @Test("the copy fails each time", arguments: Subject.all)
    func failedCopy(_ subject: Subject) async throws {
        try await play(Script(subject).with { $0.faults = [subject.failure] }, .failedCopy) { scene, outcome in
            #expect(outcome.attempts == (subject.family == .documentIntelligence ? 3 : 2))
            #expect(outcome.leftBehind.isEmpty)
            #expect(scene.azure.copies.allSatisfy { $0.status == .failed })
        }
    }

    @Test("the copy fails once and is made anew", arguments: Subject.all)
    func failedOnce(_ subject: Subject) async throws {
        try await play(Script(subject).with { $0.faults = [subject.failure(count: 1)] }, .copies) { _, outcome in
            #expect(outcome.attempts == 2)
            #expect(outcome.leftBehind.isEmpty)
        }
    }
}
