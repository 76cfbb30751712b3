import Testing

@testable import CopyDomain

@Suite("Before a Custom Vision project copy")
struct CustomVisionInspectingTests {
    private static func projects(_ count: Int) -> CustomVisionAnswer {
        .projects((0..<count).map { project("p\($0)", name: "wheels \($0)") })
    }

    @Test("a target with 100 projects has no room for another, one with 99 may")
    func room() {
        var run = CustomVisionConversation.begun()
        run.answer(.project(project("source-1")))
        var full = run
        #expect(run.answer(Self.projects(99)) == .reserve(exportOfSource + "/source-1"))
        let failure = full.answer(Self.projects(100)).conclusion?.failure
        #expect(failure?.code == .targetLimitReached)
        #expect(failure?.message == "The target resource has 100 projects already.")
    }

    @Test("a project of the copy's name in the target is a warning", arguments: [String?.none, "parts 2026"])
    func takenName(targetName: String?) {
        for (name, isTaken) in [(targetName ?? "parts", true), ("wheels", false)] {
            var run = CustomVisionConversation.begun(targetName: targetName)
            run.answer(.project(project("source-1")))
            run.answer(.projects([project("other", name: name)]))
            #expect(run.machine.phase == .waiting)
            let warning = "The target resource has a project of the copy's name already."
            #expect(run.machine.record.warnings == (isTaken ? [warning] : []))
        }
    }

    @Test("a target that cannot be listed is a warning")
    func unknownRoom() {
        var run = CustomVisionConversation.begun()
        run.answer(.project(project("source-1")))
        #expect(
            run.fail(.refused, .accessDenied, status: 403) == .reserve(exportOfSource + "/source-1")
        )
        let warning = "Whether the target has room could not be found out. Azure answered 403."
        #expect(run.machine.record.warnings == [warning])
    }

    // MARK: Only a check

    @Test("a check reserves nothing, counts the source, and says that a copy would be begun")
    func check() {
        var run = CustomVisionConversation.begun(purpose: .check)
        #expect(run.answer(.project(project("source-1"))) == .ask(.listTargetProjects))
        #expect(run.answer(Self.projects(2)) == .ask(.measureProject(id: "source-1", side: .source)))
        #expect(run.machine.phase == .inspecting)
        #expect(
            run.answer(.measured(counts(published: 1))).conclusion
                == .checked(
                    CheckReport(
                        problems: [],
                        verified: [
                            "source project is there", "target has 2 projects",
                            "source project has tags 3, iterations 1, tagged images 12, untagged images 2",
                        ],
                        warnings: ["The source has published iterations (1); publish the copy's again."]
                    )
                )
        )
    }

    @Test("a check collects all problems")
    func problems() {
        var missing = CustomVisionConversation.begun(item: .name("parts"), purpose: .check)
        #expect(missing.answer(.projects([project("a"), project("b")])) == .ask(.listTargetProjects))
        let report = missing.answer(Self.projects(100)).conclusion?.report
        #expect(report?.problems.map(\.code) == [.sourceAmbiguous, .targetLimitReached])
        var full = CustomVisionConversation.begun(purpose: .check)
        full.answer(.project(project("source-1")))
        full.answer(Self.projects(100))
        let counted = full.answer(.measured(counts())).conclusion?.report
        #expect(counted?.problems.map(\.code) == [.targetLimitReached])
        #expect(counted?.verified.count == 2)
    }

    @Test("a source that cannot be counted does not make a check fail")
    func uncounted() {
        var run = CustomVisionConversation.begun(purpose: .check)
        run.answer(.project(project("source-1")))
        run.answer(.projects([]))
        for _ in 1...6 {
            #expect(run.fail(.notDone(retryAfter: nil)).wait != nil)
            run.tell(.elapsed)
        }
        let report = run.fail(.notDone(retryAfter: nil)).conclusion?.report
        #expect(report?.problems == [])
        #expect(report?.warnings == ["What the source project holds could not be counted. Azure answered 0."])
    }

    @Test("the end of Custom Vision is told a year ahead")
    func retirement() {
        var run = Conversation(CustomVisionMachine(plan(.customVision3_3)))
        run.now = noon + .seconds(365 * 24 * 3600)
        run.tell(.begun)
        #expect(run.machine.record.warnings == ["Azure will retire API version v3.3 on 2028-09-25."])
    }
}
