import Testing

@testable import CopyDomain

@Suite("A check of a Document Intelligence copy")
struct DocumentIntelligenceCheckTests {
    private typealias Run = DocumentIntelligenceConversation

    @Test("stands in nobody's way, changes nothing, and says what is in order")
    func inOrder() {
        var run = Conversation(DocumentIntelligenceMachine(plan(.documentIntelligence4_0, purpose: .check)))
        #expect(run.tell(.begun) == .ask(.getSource), "no reservation")
        #expect(run.answer(.source(item("source-1"))) == .ask(.getTarget))
        #expect(run.answer(.target(nil)) == .ask(.getTargetInfo))
        let report = run.answer(.targetInfo(ResourceRoom(count: 3, limit: 500))).conclusion?.report
        #expect(report?.problems == [])
        #expect(report?.verified == ["source model is ready", "target id is free", "target has 3 of 500 models"])
    }

    @Test("goes on after the first problem and tells them all")
    func problems() {
        var run = Run.begun(purpose: .check)
        #expect(run.answer(.source(nil)) == .ask(.getTarget))
        #expect(run.answer(.target(nil)) == .ask(.getTargetInfo))
        let report = run.answer(.targetInfo(ResourceRoom(count: 500, limit: 500))).conclusion?.report
        #expect(report?.problems.map(\.code) == [.sourceNotFound, .targetLimitReached])
    }

    @Test("tells Azure's own words of a refusal")
    func refusals() {
        var run = Run.begun(purpose: .check)
        #expect(run.fail(.refused, .accessDenied, status: 401) == .ask(.getTarget))
        let report = run.fail(.refused, .versionRetired, status: 410).conclusion?.report
        #expect(report?.problems.map(\.code) == [.accessDenied, .versionRetired])
        #expect(report?.problems.map(\.azure?.status) == [401, 410])
    }

    @Test(
        "says what a copy would do with a taken id",
        arguments: [
            (ConflictPolicy.fail, [FailureCode.targetIDTaken], [String]()),
            (.skip, [], ["target id is taken and will be left as it is"]),
            (.replace, [], ["target id is taken and will be replaced"]),
        ]
    )
    func taken(policy: ConflictPolicy, problems: [FailureCode], verified: [String]) {
        var run = Run.begun(policy, purpose: .check)
        run.answer(.source(item("source-1")))
        let report = run.answer(.target(item())).conclusion?.report
        #expect(report?.problems.map(\.code) == problems)
        #expect(report?.verified == ["source model is ready"] + verified)
    }

    @Test("of a room that is not told is a warning, no problem")
    func unknownRoom() {
        var run = Run.begun(purpose: .check)
        run.answer(.source(item("source-1")))
        run.answer(.target(nil))
        let report = run.fail(.refused, .requestRefused, status: 404).conclusion?.report
        #expect(report?.problems == [])
        #expect(report?.warnings.count == 1)
    }

    @Test("waits out what passes, and ends with the deadline")
    func throttled() {
        var run = Run.begun(purpose: .check)
        #expect(run.fail(.notDone(retryAfter: .seconds(5)), .throttled, status: 429).wait != nil)
        #expect(run.tell(.elapsed) == .ask(.getSource))
        #expect(run.tell(.deadlineReached).conclusion?.failure?.code == .deadlineExceeded)
    }

    @Test("never asks for a side effect, whatever it is told")
    func noSideEffects() {
        for policy in ConflictPolicy.allCases {
            let states = [
                Run.begun(policy, purpose: .check),
                Run.begun(policy, purpose: .check).answered(.source(item("source-1"))),
                Run.begun(policy, purpose: .check).answered(.source(nil)).answered(.target(nil)),
            ]
            for run in states {
                let answers = run.machine.possibleAnswers.map(\.1)
                for answer in answers {
                    var told = run
                    #expect(told.answer(answer).performed == nil)
                }
                for fate in [CallFate.refused, .notDone(retryAfter: nil), .unknown] {
                    var told = run
                    #expect(told.fail(fate).performed == nil)
                }
            }
        }
    }
}

extension Conversation {
    /// The conversation after one more answer.
    fileprivate func answered(_ answer: Machine.Answer) -> Self {
        var next = self
        next.answer(answer)
        return next
    }
}
