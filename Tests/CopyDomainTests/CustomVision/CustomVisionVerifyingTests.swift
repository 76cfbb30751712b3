import Testing

@testable import CopyDomain

@Suite("What a Custom Vision copy holds")
struct CustomVisionVerifyingTests {
    private static let changes: [ProjectMeasure] = [
        counts(tags: 2), counts(iterations: 0), counts(tagged: 11), counts(untagged: 0), counts(tags: 4),
    ]

    private var renaming: CustomVisionCall? {
        var run = CustomVisionConversation.verifying()
        return run.answer(.measured(counts())).performed
    }

    /// The copy's counts, when they have settled; then what the source holds by now.
    private func differing(_ copy: ProjectMeasure) -> CustomVisionConversation {
        var run = CustomVisionConversation.verifying()
        run.pass(CustomVisionMachine.countsSettle)
        #expect(run.answer(.measured(copy)) == .ask(.measureProject(id: "source-1", side: .source)))
        #expect(run.machine.phase == .verifying)
        return run
    }

    @Test("a copy that differs from a source that did not change is deleted and made once more", arguments: changes)
    func incomplete(copy: ProjectMeasure) {
        var run = differing(copy)
        #expect(run.answer(.measured(counts())) == .perform(.deleteTargetProject(id: "project-1")))
        run.answer(.deleted)
        #expect(run.answer(.project(nil)).wait != nil)
        #expect(run.tell(.elapsed) == .ask(.measureProject(id: "source-1", side: .source)))
        run.answer(.measured(counts()))
        run.answer(.exported(freshExport()))
        run.answer(.imported(project("project-2", .importing)))
        run.answer(.project(project("project-2", .succeeded, name: workName(2))))
        var whole = run
        whole.answer(.measured(counts()))
        #expect(whole.answer(.renamed(project("project-2"))).conclusion?.success?.attempts == 2)
        run.pass(CustomVisionMachine.countsSettle)
        run.answer(.measured(counts(tags: 2, tagged: 10)))
        #expect(run.answer(.measured(counts())) == .perform(.deleteTargetProject(id: "project-2")))
        run.answer(.deleted)
        let failure = run.answer(.project(nil)).conclusion?.failure
        #expect(failure?.code == .copyIncomplete)
        #expect(
            failure?.message
                == "The copy did not hold all that its source holds: tags 2 of 3, iterations 1 of 1, "
                + "tagged images 10 of 12, untagged images 2 of 2."
        )
        #expect(failure?.attempts == 2)
        #expect(failure?.leftBehind == [])
    }

    @Test("counts may lag behind the end of an import: what is missing is counted again before the copy is deleted")
    func lagging() {
        var run = CustomVisionConversation.verifying()
        for _ in 1...6 {
            run.answer(.measured(counts(tagged: 11)))
            #expect(run.answer(.measured(counts())) == .wait(Wait(.seconds(5))))
            run.pass(.seconds(5))
            #expect(run.tell(.elapsed) == .ask(.measureProject(id: "project-1", side: .target)))
        }
        var late = run
        #expect(late.answer(.measured(counts())).performed == renaming, "all has come")
        run.answer(.measured(counts(tagged: 11)))
        #expect(run.answer(.measured(counts())) == .perform(.deleteTargetProject(id: "project-1")))
    }

    @Test("a source that changed meanwhile is a warning")
    func changedSource() {
        var run = differing(counts(tagged: 13))
        #expect(run.answer(.measured(counts(tagged: 14))).performed != nil)
        let success = run.answer(.renamed(project())).conclusion?.success
        #expect(
            success?.warnings == [
                "The source changed while it was copied: it had tags 3, iterations 1, tagged images 12, "
                    + "untagged images 2, and has tags 3, iterations 1, tagged images 14, untagged images 2."
            ]
        )
        #expect(success?.verified.first == "project is imported")
        #expect(success?.verified.last == "project has its name")
        #expect(success?.verified.contains { $0.hasSuffix("tagged images 13, untagged images 2") } == true)
    }

    @Test("what did not change in a changed source has to be in the copy")
    func changedElsewhere() {
        var run = differing(counts(tags: 2))
        #expect(run.answer(.measured(counts(tagged: 13))) == .perform(.deleteTargetProject(id: "project-1")))
    }

    @Test("published iterations are told, because publishing is not copied")
    func published() {
        var run = CustomVisionConversation.measuring()
        run.answer(.measured(counts(iterations: 2, published: 2)))
        run.answer(.exported(freshExport()))
        run.answer(.imported(project("project-1", .importing)))
        run.answer(.project(project("project-1", .succeeded, name: workName(1))))
        #expect(run.answer(.measured(counts(iterations: 2))).performed != nil, "the copy's are not published")
        let success = run.answer(.renamed(project())).conclusion?.success
        #expect(success?.warnings == ["The source has published iterations (2); publish the copy's again."])
    }

    // MARK: Counts that cannot be had

    private let unknown = "Whether the copy is whole could not be found out. Azure answered 403."

    @Test("a source that could not be counted does not fail a good copy")
    func uncountedSource() {
        var run = CustomVisionConversation.measuring()
        #expect(run.fail(.refused, .accessDenied, status: 403) == .ask(.exportProject(id: "source-1")))
        run.answer(.exported(freshExport()))
        run.answer(.imported(project("project-1", .importing)))
        let rename = run.answer(.project(project("project-1", .succeeded, name: workName(1))))
        #expect(rename.performed != nil, "there is nothing to hold the copy against")
        let success = run.answer(.renamed(project())).conclusion?.success
        #expect(success?.warnings == [unknown])
        #expect(success?.verified == ["project is imported", "project has its name"])
    }

    @Test("a copy that cannot be counted is not failed for it")
    func uncountedCopy() {
        var run = CustomVisionConversation.verifying()
        #expect(run.fail(.refused, .accessDenied, status: 403).performed != nil)
        #expect(run.answer(.renamed(project())).conclusion?.success?.warnings == [unknown])
    }

    @Test("a difference that the source's own counts do not explain, because they cannot be had, is told")
    func uncountedAgain() {
        var run = differing(counts(tags: 2))
        #expect(run.fail(.refused, .accessDenied, status: 403).performed != nil)
        let warnings = run.answer(.renamed(project())).conclusion?.success?.warnings
        #expect(warnings?.first == unknown)
        #expect(warnings?.last?.hasPrefix("The copy may be incomplete") == true)
        #expect(warnings?.last?.contains("tags 2 of 3") == true)
    }

    @Test("counts that fail for a while are tried again, a few times")
    func failingCounts() {
        for beginning in [CustomVisionConversation.measuring(), .verifying(), .weighing()] {
            var run = beginning
            let phase = run.machine.phase
            for _ in 1...6 {
                #expect(run.fail(.notDone(retryAfter: nil)).wait != nil)
                run.tell(.elapsed)
                #expect(run.machine.phase == phase)
            }
            #expect(run.fail(.notDone(retryAfter: nil)).wait == nil)
        }
    }

    @Test("counts for which Azure wants a long pause are done without: the deadline is for the copy")
    func longPause() {
        for beginning in [CustomVisionConversation.measuring(), .verifying(), .weighing()] {
            var patient = beginning
            #expect(patient.fail(.notDone(retryAfter: .seconds(60)), .throttled).wait != nil)
            var run = beginning
            #expect(run.fail(.notDone(retryAfter: .seconds(61)), .throttled).wait == nil)
        }
    }

    @Test("a failed import that cannot be counted is taken away all the same")
    func uncountedRemains() {
        var run = CustomVisionConversation.weighing()
        #expect(run.fail(.refused, .requestRefused, status: 404) == .perform(.deleteTargetProject(id: "project-1")))
        let failure = run.fail(.refused, .requestRefused, status: 409).conclusion?.failure
        #expect(failure?.message == "Azure could not import the project and gives no reason.")
    }
}
