import Testing

@testable import CopyDomain

@Suite("A deadline or a cancel of a Form Recognizer v2 copy")
struct FormRecognizerStoppingTests {
    private static let stops: [MachineEvent<FormRecognizerAnswer>] = [.deadlineReached, .cancelRequested]

    /// Watches a lost copy for longer than the grace.
    private var patient: MachineLimits {
        var limits = MachineLimits()
        limits.lostCopyWatch = .seconds(3600)
        return limits
    }

    private func isOutcome(
        of stop: MachineEvent<FormRecognizerAnswer>,
        _ action: MachineAction<FormRecognizerCall>
    ) -> Bool {
        switch action.conclusion {
        case .cancelled?: stop == .cancelRequested
        case .failed(let failure)?: stop == .deadlineReached && failure.code == .deadlineExceeded
        case .succeeded?, .checked?, nil: false
        }
    }

    @Test("ends the run at once when nothing was sent", arguments: stops)
    func nothingSent(stop: MachineEvent<FormRecognizerAnswer>) {
        var fresh = Conversation(FormRecognizerMachine(plan()))
        #expect(isOutcome(of: stop, fresh.tell(stop)))
        var due = FormRecognizerConversation.begun()
        #expect(isOutcome(of: stop, due.tell(stop)))
        #expect(due.machine.obligations.isEmpty)
    }

    @Test("names what the run was waiting for")
    func trouble() {
        var run = FormRecognizerConversation.begun()
        run.fail(.notDone(retryAfter: nil), .throttled, status: 429)
        let failure = run.tell(.deadlineReached).conclusion?.failure
        #expect(failure?.code == .deadlineExceeded)
        #expect(failure?.azure?.status == 429)
        #expect(failure?.message.hasSuffix("Until then Azure would not go on: Azure answered 429.") == true)
    }

    @Test("asks for the suspects of a lost authorization once, then ends the run", arguments: stops)
    func tracing(stop: MachineEvent<FormRecognizerAnswer>) {
        var run = FormRecognizerConversation.begun()
        run.fail(.unknown)
        #expect(run.tell(stop) == .ask(.listTargetModels))
        var unanswered = run
        let end = run.answer(.targetModels([model("suspect", .creating)]))
        #expect(isOutcome(of: stop, end))
        #expect(end.conclusion?.leftBehind == run.machine.obligations.map(\.subject))
        #expect(isOutcome(of: stop, unanswered.fail(.notDone(retryAfter: nil))))
        #expect(unanswered.machine.obligations.count == 1)
    }

    @Test("deletes an authorized target whose copy was not sent", arguments: stops)
    func unsentCopy(stop: MachineEvent<FormRecognizerAnswer>) {
        var run = FormRecognizerConversation.starting()
        #expect(run.tell(stop) == .perform(.deleteTargetModel(id: "target-1")))
        #expect(run.answer(.targetModelDeleted) == .ask(.getTargetModel(id: "target-1")))
        let end = run.answer(.targetModel(nil))
        #expect(isOutcome(of: stop, end))
        #expect(end.conclusion?.leftBehind == [])
        #expect(run.machine.obligations.isEmpty)
    }

    @Test(
        "polls a running copy on and deletes its target when it ends within the grace",
        arguments: stops,
        [FormRecognizerCopyResult.Status.succeeded, .failed]
    )
    func withinGrace(stop: MachineEvent<FormRecognizerAnswer>, status: FormRecognizerCopyResult.Status) {
        var run = FormRecognizerConversation.copying()
        let poll = MachineAction.poll(FormRecognizerCall.getCopyResult(operationLocation: location))
        #expect(run.tell(stop) == poll)
        run.pass(.seconds(30))
        #expect(run.answer(.copyResult(result(.running))) == poll)
        #expect(run.answer(.copyResult(result(status))) == .perform(.deleteTargetModel(id: "target-1")))
        run.answer(.targetModelDeleted)
        #expect(isOutcome(of: stop, run.answer(.targetModel(nil))))
    }

    @Test("says what was left behind when the copy outlasts the grace", arguments: stops)
    func beyondGrace(stop: MachineEvent<FormRecognizerAnswer>) {
        let beginnings: [(Conversation<FormRecognizerMachine>, FormRecognizerAnswer)] = [
            (.copying(), .copyResult(result(.running))),
            (.watching(limits: patient), .targetModel(model("target-1", .creating))),
        ]
        for (beginning, answer) in beginnings {
            var run = beginning
            run.tell(stop)
            run.pass(.seconds(600))
            let end = run.answer(answer)
            #expect(isOutcome(of: stop, end))
            #expect(end.conclusion?.leftBehind == [.model(id: "target-1")])
            #expect(run.machine.obligations.map(\.due) == [run.now + .seconds(3600)])
        }
    }

    @Test("watches a lost copy within the grace and deletes whatever it made", arguments: stops)
    func watching(stop: MachineEvent<FormRecognizerAnswer>) {
        for status in [FormRecognizerModel.Status.ready, .invalid] {
            var run = FormRecognizerConversation.watching()
            #expect(run.tell(stop) == .poll(.getTargetModel(id: "target-1")))
            let delete = run.answer(.targetModel(model("target-1", status)))
            #expect(delete == .perform(.deleteTargetModel(id: "target-1")))
            run.answer(.targetModelDeleted)
            #expect(isOutcome(of: stop, run.answer(.targetModel(nil))))
        }
        var vanished = FormRecognizerConversation.watching()
        vanished.tell(stop)
        #expect(isOutcome(of: stop, vanished.answer(.targetModel(nil))))
    }

    @Test("a wait never outlasts the grace, and the end comes when it is over")
    func cappedWait() {
        var run = FormRecognizerConversation.copying()
        run.tell(.cancelRequested)
        run.pass(.seconds(590))
        let wait = run.fail(.notDone(retryAfter: .seconds(3600))).wait
        #expect(wait == Wait(.seconds(10)))
        run.pass(.seconds(10))
        #expect(
            run.tell(.elapsed).conclusion == .cancelled(CopyCancellation(leftBehind: run.machine.record.leftBehind))
        )
    }

    @Test("a deadline lets a copy that has succeeded be verified")
    func deadlineWhileVerifying() {
        var run = FormRecognizerConversation.verifying()
        #expect(run.tell(.deadlineReached) == .poll(.getTargetModel(id: "target-1")))
        #expect(run.answer(.targetModel(model())).conclusion?.success?.targetID == "target-1")
        var checking = FormRecognizerConversation.checking()
        #expect(checking.tell(.deadlineReached) == .ask(.getTargetModel(id: "target-1")))
        #expect(checking.answer(.targetModel(nil)).conclusion?.success?.targetID == "target-2")
    }

    @Test("a target that cannot be verified within the grace of a deadline is left behind")
    func verificationBeyondGrace() {
        var run = FormRecognizerConversation.verifying()
        run.tell(.deadlineReached)
        run.pass(.seconds(600))
        let end = run.fail(.notDone(retryAfter: nil))
        #expect(end.conclusion?.failure?.code == .deadlineExceeded)
        #expect(end.conclusion?.leftBehind == [.model(id: "target-1")])
        var checking = FormRecognizerConversation.checking()
        checking.tell(.deadlineReached)
        checking.pass(.seconds(600))
        let left = checking.fail(.notDone(retryAfter: nil)).conclusion?.leftBehind
        #expect(left == [.model(id: "target-2"), .model(id: "target-1")])
    }

    @Test("a cancel deletes a copy that has succeeded")
    func cancelWhileVerifying() {
        var run = FormRecognizerConversation.verifying()
        #expect(run.tell(.cancelRequested) == .perform(.deleteTargetModel(id: "target-1")))
        run.answer(.targetModelDeleted)
        #expect(run.answer(.targetModel(nil)).conclusion == .cancelled(CopyCancellation(leftBehind: [])))
        var checking = FormRecognizerConversation.checking()
        #expect(checking.tell(.cancelRequested) == .perform(.deleteTargetModel(id: "target-2")))
    }

    @Test("ends a run that was cleaning up before another try", arguments: stops)
    func whileCleaning(stop: MachineEvent<FormRecognizerAnswer>) {
        var run = FormRecognizerConversation.copying()
        run.answer(.copyResult(result(.failed, code: "InternalServerError")))
        #expect(run.tell(stop) == .ask(.getTargetModel(id: "target-1")), "the delete was not sent; looking tells")
        #expect(run.answer(.targetModel(model("target-1", .invalid))).wait != nil)
        #expect(run.tell(.elapsed) == .perform(.deleteTargetModel(id: "target-1")))
        run.answer(.targetModelDeleted)
        #expect(isOutcome(of: stop, run.answer(.targetModel(nil))))
    }

    @Test("a failure that was found before stays the outcome")
    func failureStays() {
        var run = FormRecognizerConversation.starting()
        run.fail(.refused, .sourceNotFound, status: 404)
        run.tell(.cancelRequested)
        #expect(run.answer(.targetModel(nil)).conclusion?.failure?.code == .sourceNotFound)
    }

    @Test("the first of several counts, in another process as well")
    func firstStop() {
        var run = FormRecognizerConversation.copying()
        run.tell(.cancelRequested)
        run.pass(.seconds(300))
        #expect(run.tell(.resumed) == .poll(.getCopyResult(operationLocation: location)))
        run.tell(.deadlineReached)
        run.pass(.seconds(300))
        #expect(
            run.answer(.copyResult(result(.running))).conclusion
                == .cancelled(CopyCancellation(leftBehind: run.machine.record.leftBehind))
        )
    }

    @Test("a run that is resumed after its grace looks once more before it gives up")
    func lateSuccessor() {
        var run = FormRecognizerConversation.copying()
        run.tell(.cancelRequested)
        run.pass(.seconds(86_400))
        #expect(run.tell(.resumed) == .poll(.getCopyResult(operationLocation: location)))
        #expect(run.tell(.deadlineReached) == .poll(.getCopyResult(operationLocation: location)))
        #expect(run.answer(.copyResult(result(.succeeded))) == .perform(.deleteTargetModel(id: "target-1")))
        run.answer(.targetModelDeleted)
        #expect(run.answer(.targetModel(nil)).conclusion == .cancelled(CopyCancellation(leftBehind: [])))
    }
}
