import Testing

@testable import CopyDomain

@Suite("Before a Form Recognizer v2 copy")
struct FormRecognizerInspectingTests {
    private static let room = FormRecognizerAnswer.targetSummary(ResourceRoom(count: 13, limit: 250))
    private static let full = FormRecognizerAnswer.targetSummary(ResourceRoom(count: 250, limit: 250))

    @Test(
        "a source that is not there or not ready ends the run before anything is made",
        arguments: [
            (FormRecognizerModel?.none, FailureCode.sourceNotFound), (model("source-1", .creating), .sourceNotReady),
            (model("source-1", .invalid), .sourceNotReady),
        ]
    )
    func badSource(seen: FormRecognizerModel?, code: FailureCode) {
        var run = FormRecognizerConversation.inspecting()
        let failure = run.answer(.sourceModel(seen)).conclusion?.failure
        #expect(failure?.code == code)
        #expect(failure?.attempts == 0)
        #expect(failure?.warnings == ["Azure will retire API version v2.1 on 2027-09-15."])
    }

    @Test("a source that may not be read ends the run, with Azure's words")
    func refusedSource() {
        var run = FormRecognizerConversation.inspecting()
        let failure = run.fail(.refused, .accessDenied, status: 401).conclusion?.failure
        #expect(failure?.code == .accessDenied)
        #expect(failure?.azure?.status == 401)
    }

    @Test("a full target ends the run before an authorization would take a place in it")
    func noRoom() {
        var run = FormRecognizerConversation.inspecting()
        run.answer(.sourceModel(model("source-1")))
        let failure = run.answer(Self.full).conclusion?.failure
        #expect(failure?.code == .targetLimitReached)
        #expect(failure?.message == "The target resource has 250 of 250 models already.")
    }

    @Test("room that nobody can tell of is a warning, at once when refused, else after some tries")
    func unknownRoom() {
        var refused = FormRecognizerConversation.inspecting()
        refused.answer(.sourceModel(model("source-1")))
        var unreadable = refused
        #expect(refused.fail(.refused, .accessDenied, status: 403) == .perform(.authorizeCopy))
        let warning = "Whether the target has room could not be found out. Azure answered 403."
        #expect(refused.machine.record.warnings.last == warning)
        for _ in 1...6 {
            #expect(unreadable.fail(.notDone(retryAfter: nil)).wait != nil)
            #expect(unreadable.tell(.elapsed) == .ask(.getTargetSummary))
        }
        #expect(unreadable.fail(.notDone(retryAfter: nil)) == .perform(.authorizeCopy))
    }

    @Test("a source that cannot be read now is read later, however often")
    func unreadableSource() {
        var run = FormRecognizerConversation.inspecting()
        for _ in 1...20 {
            #expect(run.fail(.notDone(retryAfter: nil)).wait != nil)
            #expect(run.tell(.elapsed) == .ask(.getSourceModel))
        }
    }

    // MARK: Only a check

    @Test("a check asks everything and says that a copy would be begun")
    func check() {
        var run = FormRecognizerConversation.inspecting(purpose: .check)
        #expect(run.answer(.sourceModel(model("source-1"))) == .ask(.getTargetSummary))
        #expect(
            run.answer(Self.room).conclusion
                == .checked(
                    CheckReport(
                        problems: [],
                        verified: ["source model is ready", "target has 13 of 250 models"],
                        warnings: ["Azure will retire API version v2.1 on 2027-09-15."]
                    )
                )
        )
        #expect(run.machine.phase == .ended)
    }

    @Test("a check collects all problems")
    func problems() {
        var run = FormRecognizerConversation.inspecting(purpose: .check)
        #expect(run.fail(.refused, .accessDenied, status: 401) == .ask(.getTargetSummary))
        let report = run.answer(Self.full).conclusion?.report
        #expect(report?.problems.map(\.code) == [.accessDenied, .targetLimitReached])
        #expect(report?.problems.first?.azure?.status == 401)
        #expect(report?.verified == [])
    }

    // MARK: Retirement

    @Test(
        "the end of a version is told a year ahead, and afterwards",
        arguments: [
            (APIVersion.formRecognizer2_0Preview, ["Azure was to retire API version v2.0-preview on 2026-08-31."]),
            (.formRecognizer2_0, ["Azure was to retire API version v2.0 on 2026-08-31."]),
            (.formRecognizer2_1, ["Azure will retire API version v2.1 on 2027-09-15."]),
        ]
    )
    func retirement(version: APIVersion, warnings: [String]) {
        var run = Conversation(FormRecognizerMachine(plan(version)))
        run.tell(.begun)
        #expect(run.machine.record.warnings == warnings)
        var early = Conversation(FormRecognizerMachine(plan(version)))
        early.now = noon - .seconds(3 * 365 * 24 * 3600)
        early.tell(.begun)
        #expect(early.machine.record.warnings == [])
    }
}
