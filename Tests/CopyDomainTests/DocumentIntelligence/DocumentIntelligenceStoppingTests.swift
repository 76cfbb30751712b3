import Testing

@testable import CopyDomain

@Suite("A deadline or a cancel of a Document Intelligence copy")
struct DocumentIntelligenceStoppingTests {
    private typealias Run = DocumentIntelligenceConversation
    typealias Stop = MachineEvent<DocumentIntelligenceAnswer>

    private static let stops: [Stop] = [.deadlineReached, .cancelRequested]

    private func isOutcome(of stop: Stop, _ action: MachineAction<DocumentIntelligenceCall>) -> Bool {
        switch action.conclusion {
        case .cancelled?: stop == .cancelRequested
        case .failed(let failure)?: stop == .deadlineReached && failure.code == .deadlineExceeded
        case .succeeded?, .checked?, nil: false
        }
    }

    @Test("ends the run at once while nothing was sent", arguments: stops)
    func nothingSent(stop: Stop) {
        let fresh = Conversation(DocumentIntelligenceMachine(plan(.documentIntelligence4_0)))
        let runs: [Run] = [fresh, .begun(), .inspecting(), .inspectingTarget(), .authorizing(), .conflicting()]
        for var run in runs {
            let end = run.tell(stop)
            #expect(isOutcome(of: stop, end))
            #expect(end.conclusion?.leftBehind == [])
            #expect(run.machine.obligations.isEmpty)
        }
    }

    @Test("names a reservation that a lost authorization may have left", arguments: stops)
    func lostAuthorization(stop: Stop) {
        var waiting = Run.authorizing()
        waiting.fail(.unknown)
        var again = waiting
        again.tell(.elapsed)
        for var run in [waiting, again, .conflictingAfterLoss()] {
            let end = run.tell(stop)
            #expect(isOutcome(of: stop, end))
            #expect(end.conclusion?.leftBehind == [.reservation(id: "target-1")])
            #expect(run.machine.obligations.map(\.subject) == [.reservation(id: "target-1")])
        }
    }

    @Test("names what the run was waiting for")
    func trouble() {
        var run = Run.authorizing()
        run.fail(.notDone(retryAfter: nil), .throttled, status: 429)
        let failure = run.tell(.deadlineReached).conclusion?.failure
        #expect(failure?.azure?.status == 429)
    }

    // MARK: Replacing

    @Test("leaves a target in its place whose delete was not sent", arguments: stops)
    func unsentReplacement(stop: Stop) {
        var due = Run.replacing()
        due.fail(.notDone(retryAfter: nil))
        var withdrawn = Run.replacing()
        withdrawn.machine.withdrawIntent()
        for var run in [.replacing(), due, withdrawn] {
            let end = run.tell(stop)
            #expect(isOutcome(of: stop, end))
            #expect(end.conclusion?.targetDeleted == false)
        }
    }

    @Test("looks what became of a delete that was sent, and does not send another", arguments: stops, [true, false])
    func sentReplacement(stop: Stop, isThere: Bool) {
        var run = Run.replacing()
        run.fail(.unknown)
        #expect(run.tell(stop) == .ask(.getTarget))
        #expect(run.answer(.target(item(documentTypes: 5))).wait == Wait(.seconds(60)), "it may still come")
        run.pass(.seconds(60))
        #expect(run.tell(.elapsed) == .ask(.getTarget))
        let end = run.answer(.target(isThere ? item(documentTypes: 5) : nil))
        #expect(isOutcome(of: stop, end))
        #expect(end.conclusion?.targetDeleted == !isThere)
    }

    @Test("looks what became of a lost delete before it ends, also where another was to be sent", arguments: stops)
    func lostReplacement(stop: Stop) {
        var run = Run.replacing()
        run.fail(.unknown)
        run.answer(.target(item(documentTypes: 5)))
        #expect(run.tell(stop) == .ask(.getTarget))
        let end = run.answer(.target(nil))
        #expect(isOutcome(of: stop, end))
        #expect(end.conclusion?.targetDeleted == true)
    }

    // MARK: Starting

    @Test("deletes a reservation whose copy was not sent", arguments: stops)
    func unsentCopy(stop: Stop) {
        var waiting = Run.starting()
        waiting.fail(.notDone(retryAfter: nil))
        for var run in [.starting(), waiting] {
            #expect(run.tell(stop) == .perform(.deleteTarget))
            let end = run.clean()
            #expect(isOutcome(of: stop, end))
            #expect(end.conclusion?.leftBehind == [])
            #expect(run.machine.obligations.isEmpty)
        }
    }

    @Test("watches for the copy when only its repeat was not sent", arguments: stops)
    func unsentRepeat(stop: Stop) {
        var waiting = Run.startingAgain()
        waiting.fail(.notDone(retryAfter: nil))
        for beginning in [Run.startingAgain(), waiting] {
            var run = beginning
            #expect(run.tell(stop) == .poll(.getTarget))
            #expect(run.answer(.target(item())) == .perform(.deleteTarget))
            #expect(isOutcome(of: stop, run.clean()))
            var unseen = beginning
            unseen.tell(stop)
            unseen.answer(.target(nil))
            unseen.pass(.seconds(120))
            #expect(unseen.answer(.target(nil)) == .perform(.deleteTarget))
            #expect(isOutcome(of: stop, unseen.clean()))
            #expect(unseen.machine.obligations.map(\.subject) == [.model(id: "target-1")])
        }
    }

    @Test("a lost copy is looked for, and not sent again", arguments: stops)
    func lostCopy(stop: Stop) {
        var run = Run.locating()
        #expect(run.tell(stop) == .poll(.listOperations(since: noon - .seconds(5))))
        run.pass(.seconds(60))
        #expect(run.answer(.operations([])) == .poll(.getTarget))
    }

    // MARK: Copying

    @Test(
        "polls a running copy on and deletes its target whatever became of it",
        arguments: stops,
        [DocumentIntelligenceOperation.Status.succeeded, .failed, .canceled]
    )
    func withinGrace(stop: Stop, status: DocumentIntelligenceOperation.Status) {
        var run = Run.copying()
        let poll = MachineAction.poll(DocumentIntelligenceCall.getOperation(location: operationLocation()))
        #expect(run.tell(stop) == poll)
        run.pass(.seconds(30))
        #expect(run.answer(.operation(operation(.running))) == poll)
        #expect(run.answer(.operation(operation(status))) == .perform(.deleteTarget))
        #expect(isOutcome(of: stop, run.clean()))
        #expect(run.machine.obligations.isEmpty)
    }

    @Test("says what was left behind when the copy outlasts the grace", arguments: stops)
    func beyondGrace(stop: Stop) {
        var limits = MachineLimits()
        limits.lostCopyWatch = .seconds(3600)
        limits.lostStartSearch = .seconds(3600)
        let beginnings: [(Run, DocumentIntelligenceAnswer)] = [
            (.locating(limits: limits), .operations([])),
            (.copying(limits: limits), .operation(operation(.running))),
            (.watching(limits: limits), .target(nil)),
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

    @Test("a wait never outlasts the grace")
    func cappedWait() {
        var run = Run.copying()
        run.tell(.cancelRequested)
        run.pass(.seconds(590))
        #expect(run.fail(.notDone(retryAfter: .seconds(3600))).wait == Wait(.seconds(10)))
        run.pass(.seconds(10))
        #expect(run.tell(.elapsed).conclusion?.cancellation?.leftBehind.count == 1)
    }

    // MARK: Verifying and cleaning

    @Test("a deadline lets a copy that has succeeded be verified; a cancel deletes it")
    func verifying() {
        var late = Run.verifying()
        #expect(late.tell(.deadlineReached) == .poll(.getTarget))
        #expect(late.answer(.target(item())).conclusion?.success != nil)
        var cancelled = Run.verifying()
        #expect(cancelled.tell(.cancelRequested) == .perform(.deleteTarget))
        #expect(isOutcome(of: .cancelRequested, cancelled.clean()))
    }

    @Test("a target that cannot be verified within the grace of a deadline is left behind")
    func verificationBeyondGrace() {
        var run = Run.verifying()
        run.tell(.deadlineReached)
        run.pass(.seconds(600))
        let end = run.fail(.notDone(retryAfter: nil))
        #expect(isOutcome(of: .deadlineReached, end))
        #expect(end.conclusion?.leftBehind == [.model(id: "target-1")])
    }

    @Test("a delete that the stop took the place of is sent after all, and nothing is authorized", arguments: stops)
    func whileCleaning(stop: Stop) {
        var run = Run.cleaning()
        #expect(run.tell(stop) == .perform(.deleteTarget))
        #expect(isOutcome(of: stop, run.clean()))
    }

    @Test("a failure that was found before stays the outcome")
    func failureStays() {
        var run = Run.starting()
        run.fail(.refused, .sourceNotReady, status: 400)
        run.tell(.cancelRequested)
        #expect(run.clean().conclusion?.failure?.code == .sourceNotReady)
    }

    @Test("the first of several counts, in another process as well")
    func firstStop() {
        var run = Run.copying()
        run.tell(.cancelRequested)
        run.pass(.seconds(300))
        run.tell(.resumed)
        run.tell(.deadlineReached)
        run.pass(.seconds(300))
        #expect(isOutcome(of: .cancelRequested, run.answer(.operation(operation(.running)))))
    }

    @Test("a run that is resumed after its grace looks once more before it gives up")
    func lateSuccessor() {
        var run = Run.copying()
        run.tell(.cancelRequested)
        run.pass(.seconds(86_400))
        #expect(run.tell(.resumed) == .poll(.getOperation(location: operationLocation())))
        #expect(run.answer(.operation(operation(.succeeded))) == .perform(.deleteTarget))
        #expect(isOutcome(of: .cancelRequested, run.clean()))
    }
}

extension Conclusion {
    fileprivate var targetDeleted: Bool? {
        switch self {
        case .failed(let failure): failure.targetDeleted
        case .cancelled(let cancellation): cancellation.targetDeleted
        case .succeeded, .checked: nil
        }
    }
}
