import Testing

@testable import CopyDomain

@Suite("A Document Intelligence copy whose answer was lost")
struct DocumentIntelligenceReconcilingTests {
    private typealias Run = DocumentIntelligenceConversation

    private static let losses: [MachineEvent<DocumentIntelligenceAnswer>] = [
        .failed(failure(.unknown)), .failed(failure(.refused, .unexpectedAnswer, status: 202)), .resumed,
    ]

    private let search = MachineAction.poll(DocumentIntelligenceCall.listOperations(since: noon - .seconds(5)))

    // MARK: Authorization

    @Test("a lost authorization is asked for again: Azure refuses the second of two", arguments: losses)
    func lostAuthorization(loss: MachineEvent<DocumentIntelligenceAnswer>) {
        var run = Run.authorizing()
        let action = run.tell(loss)
        if action.wait != nil { #expect(run.tell(.elapsed) == .perform(.authorizeCopy)) }
        #expect(run.machine.hasOpenAuthorization)
        #expect(run.answer(.authorized(intelligenceGrant())) == .perform(.startCopy(intelligenceGrant())))
        #expect(!run.machine.hasOpenAuthorization, "the lost one did not arrive")
    }

    @Test("a lost authorization is remembered by a successor that waits for a permit, and named when the run stops")
    func lostAndWithdrawn() {
        var run = Run.authorizing()
        run.tell(.resumed)
        run.machine.withdrawIntent()
        #expect(run.tell(.cancelRequested).conclusion?.leftBehind == [.reservation(id: "target-1")])
        #expect(run.machine.obligations.map(\.due) == [run.now + .seconds(3600)])
    }

    @Test("an authorization that was withdrawn unsent leaves nothing")
    func withdrawn() {
        var run = Run.authorizing()
        run.machine.withdrawIntent()
        #expect(run.tell(.cancelRequested).conclusion?.leftBehind == [])
    }

    // MARK: Copy

    @Test("a lost copy is looked for among the operations of the source", arguments: losses)
    func lostCopy(loss: MachineEvent<DocumentIntelligenceAnswer>) {
        var run = Run.starting()
        run.pass(.seconds(20))
        #expect(run.tell(loss) == search)
        #expect(run.machine.phase == .reconciling)
        #expect(run.answer(.operations([])) == search)
        let found = operation(.running, id: "operation-9", created: noon + .seconds(1))
        #expect(
            run.answer(.operations([found]))
                == .poll(.getOperation(location: operationLocation("operation-9")))
        )
        run.answer(.operation(operation(.succeeded, id: "operation-9")))
        #expect(run.answer(.target(item())).conclusion?.success?.attempts == 1)
    }

    @Test(
        "only an operation of the same target and time is taken for it",
        arguments: [
            (operation(.running, created: noon - .seconds(5)), true),
            (operation(.running, created: noon - .milliseconds(5001)), false),
            (operation(.running, created: nil), false),
            (operation(.running, target: nil), false),
            (operation(.running, target: "https://invoices-eastus.cognitiveservices.azure.com/other"), false),
            (operation(.running, target: String(targetLocation.uppercased().prefix { $0 != "?" })), true),
        ]
    )
    func matching(candidate: DocumentIntelligenceOperation, isFound: Bool) {
        var run = Run.locating()
        run.answer(.operations([candidate]))
        #expect((run.machine.phase == .copying) == isFound)
    }

    @Test(
        "is looked for from its authorization on, by the service's clock: this host's may go wrong meanwhile",
        arguments: [0, -100, 100],
        [0, -100, 100]
    )
    func serviceClock(skew: Int, jump: Int) {
        let authorizedAt = noon + .seconds(skew)
        var run = Run.authorizing()
        run.answer(.authorized(intelligenceGrant()), date: authorizedAt)
        run.pass(.seconds(jump))
        run.fail(.unknown)
        run.pass(.seconds(2 - jump))
        let early = operation(.running, created: authorizedAt - .seconds(6))
        let search = MachineAction.poll(
            DocumentIntelligenceCall.listOperations(since: authorizedAt - .seconds(5))
        )
        #expect(run.answer(.operations([early]), date: authorizedAt + .seconds(2)) == search)
        let found = operation(.running, created: authorizedAt + .seconds(1))
        run.answer(.operations([found]), date: authorizedAt + .seconds(3))
        #expect(run.machine.phase == .copying)
    }

    @Test("the time to find it counts from the first list, by the service's clock", arguments: [-100, 0, 100])
    func timeToFind(jump: Int) {
        var run = Run.starting()
        run.fail(.unknown)
        run.pass(.seconds(300 + jump))
        let first = noon + .seconds(300)
        #expect(run.answer(.operations([]), date: first) == search)
        run.pass(.seconds(60 - jump))
        #expect(run.answer(.operations([]), date: first + .seconds(59)) == search)
        #expect(run.answer(.operations([]), date: first + .seconds(60)) == .perform(.startCopy(intelligenceGrant())))
    }

    @Test("a record of format 2 does not tell when it was authorized: that was an hour before the authorization ends")
    func earlierFormat() {
        var run = Run.starting()
        run.machine.state = .starting(.init(grant: intelligenceGrant(expires: noon + .seconds(3700))), since: noon)
        let since = noon + .seconds(95)
        #expect(run.tell(.resumed) == .poll(.listOperations(since: since)))
        run.answer(.operations([operation(.running, created: since)]))
        #expect(run.machine.phase == .copying)
    }

    @Test("an operation of an earlier attempt is not taken for the lost one, however near")
    func earlierAttempt() {
        var run = Run.cleaning()
        run.cleanAndTryAgain()
        run.answer(.authorized(intelligenceGrant("canary-2")))
        #expect(run.fail(.unknown) == search)
        // The list spells the operation in its own way.
        let first = DocumentIntelligenceOperation(
            location: "https://invoices-westus2.cognitiveservices.azure.com/formrecognizer/operations/OPERATION-1",
            status: .failed,
            targetLocation: targetLocation,
            created: noon,
            failure: nil
        )
        #expect(run.answer(.operations([first])) == search)
    }

    @Test("a copy that was not found in time is sent again with the same authorization, which works once")
    func sentAgain() {
        var run = Run.locating()
        run.pass(.milliseconds(59_999))
        #expect(run.answer(.operations([])) == search)
        run.pass(.milliseconds(1))
        #expect(run.answer(.operations([])) == .perform(.startCopy(intelligenceGrant())))
        #expect(run.machine.record.attempts == 1)
        #expect(run.fail(.unknown) == search, "the first one may be listed late")
        let late = operation(.running, created: noon + .seconds(1))
        run.answer(.operations([late]))
        #expect(run.machine.phase == .copying)
    }

    @Test("a repeat that is refused, or whose operation ends badly, means that the first arrived")
    func refusedRepeat() {
        let watch = MachineAction.poll(DocumentIntelligenceCall.getTarget)
        var refused = Run.startingAgain()
        #expect(refused.fail(.refused, .authorizationExpired, status: 403) == watch)
        #expect(refused.answer(.target(item())).conclusion?.success?.targetID == "target-1")
        for status in [DocumentIntelligenceOperation.Status.failed, .canceled, .skipped] {
            var failed = Run.copyingAgain()
            let ended = operation(status, id: "operation-2", failure: failure(.refused, .targetMismatch))
            #expect(failed.answer(.operation(ended)) == watch)
        }
    }

    @Test("of two operations the one that has not failed is followed")
    func twoOperations() {
        var run = Run.locating()
        let first = operation(.running, id: "first")
        let second = operation(.failed, id: "second")
        #expect(
            run.answer(.operations([second, first])) == .poll(.getOperation(location: operationLocation("first")))
        )
    }

    @Test("a repeat that waits until its authorization has run out is watched for, not undone")
    func expiredRepeat() {
        var run = Run.startingAgain()
        run.fail(.notDone(retryAfter: .seconds(3600)))
        run.pass(.seconds(3600))
        #expect(run.tell(.elapsed) == .poll(.getTarget))
        #expect(run.answer(.target(item())).conclusion?.success != nil)
    }

    @Test(
        "what bears the id when its authorization has run out, and is not like the source, is another's",
        arguments: [false, true]
    )
    func foundLate(isCancelled: Bool) {
        let other = DocumentIntelligenceAnswer.target(item(documentTypes: 5))
        var late = Run.watching()
        late.pass(.seconds(3541))
        if isCancelled { late.tell(.cancelRequested) }
        let conclusion = late.answer(other).conclusion
        #expect(conclusion?.failure?.code == (isCancelled ? nil : .targetIDTaken))
        #expect(conclusion?.leftBehind == [])
        var held = Run.watching()
        held.pass(.seconds(3540))
        if isCancelled { held.tell(.cancelRequested) }
        #expect(held.answer(other) == .perform(.deleteTarget), "nobody else could have had the id")
    }

    @Test("is sent three times at most, and never with an authorization that is about to run out")
    func repeatsBorne() {
        var run = Run.startingAgain()
        run.fail(.unknown)
        run.answer(.operations([]))
        run.pass(.seconds(60))
        #expect(run.answer(.operations([])) == .perform(.startCopy(intelligenceGrant())))
        run.fail(.unknown)
        run.answer(.operations([]))
        run.pass(.seconds(60))
        #expect(run.answer(.operations([])) == .poll(.getTarget))
        var old = Run.locating()
        old.pass(.seconds(3540))
        #expect(old.answer(.operations([])) == .poll(.getTarget))
    }

    @Test("a list that is refused leaves it to the target; one that fails is read later")
    func unreadableList() {
        var run = Run.locating()
        #expect(run.fail(.notDone(retryAfter: nil)).wait != nil)
        #expect(run.tell(.elapsed) == search)
        #expect(run.fail(.refused, .accessDenied, status: 403) == .poll(.getTarget))
    }

    @Test("a lost authorization may take effect when the id is free again: a run that fails names it")
    func lateAuthorization() {
        var run = Run.authorizing()
        run.fail(.unknown)
        run.tell(.elapsed)
        run.answer(.authorized(intelligenceGrant()))
        run.answer(.copyStarted(operationLocation: operationLocation()))
        var succeeding = run
        run.answer(.operation(operation(.failed, failure: failure(.refused, .dataProtection))))
        let failure = run.clean().conclusion?.failure
        #expect(failure?.code == .dataProtection)
        #expect(failure?.leftBehind.map(\.item) == [.reservation(id: "target-1")])
        #expect(run.machine.obligations.map(\.due) == [noon + .seconds(300 + 3600)])
        succeeding.answer(.operation(operation(.succeeded)))
        #expect(succeeding.answer(.target(item())).conclusion?.success != nil)
        #expect(succeeding.machine.obligations.isEmpty, "the id is taken for good")
    }

    @Test("an authorization that was lost, was found to hold the id and was deleted, comes no more")
    func notLate() {
        var run = Run.conflictingAfterLoss()
        run.answer(.target(nil))
        run.clean()
        run.answer(.authorized(intelligenceGrant()))
        run.fail(.refused, .sourceNotReady, status: 400)
        let failure = run.clean().conclusion?.failure
        #expect(failure?.code == .sourceNotReady)
        #expect(failure?.leftBehind == [])
    }

    // MARK: Giving a copy up

    @Test("a target that does not appear in time is deleted, and a new authorization is asked for")
    func neverSeen() {
        var run = Run.watching()
        run.pass(.seconds(500))
        #expect(run.answer(.target(nil)) == .poll(.getTarget), "counted from the first answer")
        run.pass(.seconds(120))
        #expect(run.answer(.target(nil)) == .perform(.deleteTarget))
        #expect(run.cleanAndTryAgain() == .perform(.authorizeCopy))
        #expect(run.machine.record.attempts == 2)
    }

    @Test("a copy given up is no debt of a run that then succeeds: its target bears the same id")
    func givenUpThenSuccess() {
        var run = givenUp()
        run.answer(.authorized(intelligenceGrant("canary-2")))
        run.answer(.copyStarted(operationLocation: operationLocation("operation-2")))
        run.answer(.operation(operation(.succeeded, id: "operation-2")))
        #expect(run.answer(.target(item())).conclusion?.success != nil)
        #expect(run.machine.obligations == [])
    }

    @Test("a copy given up is owed by a run that then fails, an hour after it was given up")
    func givenUpThenFailure() {
        var run = givenUp()
        let givenUpAt = run.now
        run.pass(.seconds(30))
        #expect(run.fail(.refused, .accessDenied, status: 403).conclusion?.failure != nil)
        #expect(run.machine.obligations.map(\.subject) == [.model(id: "target-1")])
        #expect(run.machine.obligations.map(\.due) == [givenUpAt + .seconds(3600)])
    }

    @Test(
        "a copy given up that may have come true is not touched; a part of one is no success",
        arguments: ConflictPolicy.allCases,
        [2, 1]
    )
    func givenUpThenTrue(policy: ConflictPolicy, documentTypes: Int) {
        var run = givenUp(policy)
        run.fail(.refused, .targetIDTaken, status: 409)
        let action = run.answer(.target(item(documentTypes: documentTypes)))
        switch (policy, documentTypes) {
        case (.replace, _): #expect(action == .perform(.deleteTarget), "as expressly told")
        case (.skip, 2): #expect(action.conclusion?.success?.alreadyThere == true)
        case (_, _):
            #expect(action.conclusion?.failure?.code == .targetIDTaken)
            #expect(run.machine.obligations.map(\.subject) == [.model(id: "target-1")])
        }
    }

    private func givenUp(_ policy: ConflictPolicy = .fail) -> DocumentIntelligenceConversation {
        var run = Run.copying(policy)
        run.pass(.seconds(60))
        run.fail(.refused, .unexpectedAnswer, status: 404)
        run.answer(.target(nil))
        run.pass(.seconds(120))
        run.answer(.target(nil))
        run.cleanAndTryAgain()
        return run
    }

    @Test("a failed copy whose id stays reserved ends with what Azure said of the copy, not of the id")
    func failedThenReserved() {
        var run = Run.cleaning()
        var action = run.clean()
        for _ in 0..<30 where action.conclusion == nil {
            switch action {
            case .perform(.authorizeCopy): action = run.fail(.refused, .targetIDTaken, status: 409)
            case .ask(.getTarget): action = run.answer(.target(nil))
            default: action = run.tell(.elapsed)
            }
        }
        let failure = action.conclusion?.failure
        #expect(failure?.code == .copyFailed)
        #expect(failure?.message.contains("is reserved") == true)
        #expect(action.conclusion?.leftBehind == [.reservation(id: "target-1")])
    }

    // MARK: Poll

    @Test("an operation that Azure does not know yet is asked for again; an older one leaves it to the target")
    func unknownOperation() {
        var run = Run.copying()
        run.pass(.milliseconds(29_999))
        #expect(
            run.fail(.refused, .unexpectedAnswer, status: 404)
                == .poll(.getOperation(location: operationLocation()))
        )
        run.pass(.milliseconds(1))
        #expect(run.fail(.refused, .unexpectedAnswer, status: 404) == .poll(.getTarget))
        #expect(run.answer(.target(item())).conclusion?.success != nil)
    }

    @Test("a poll that is refused leaves it to the target, which tells whether the copy went on")
    func refusedPollThenSuccess() {
        var run = Run.copying()
        #expect(run.fail(.refused, .accessDenied, status: 403) == .poll(.getTarget))
        #expect(run.answer(.target(nil)) == .poll(.getTarget))
        #expect(run.answer(.target(item())).conclusion?.success != nil)
    }

    @Test("what does not appear after a poll that was refused, or may not be made, is taken away and owed")
    func refusedPoll() {
        var refused = Run.copying()
        refused.fail(.refused, .accessDenied, status: 401)
        refused.answer(.target(nil))
        refused.pass(.seconds(120))
        #expect(refused.answer(.target(nil)) == .perform(.deleteTarget))
        var foreign = Run.starting()
        #expect(foreign.fail(.refused, .foreignOperationLocation, status: 202) == .perform(.deleteTarget))
        for var run in [refused, foreign] {
            let failure = run.clean().conclusion?.failure
            #expect(failure?.code == .accessDenied || failure?.code == .foreignOperationLocation)
            #expect(failure?.leftBehind == [])
            #expect(run.machine.obligations.map(\.subject) == [.model(id: "target-1")])
        }
    }

    // MARK: Delete

    @Test(
        "a lost delete of a reservation is sent again: it was not shown before either",
        arguments: [MachineEvent<DocumentIntelligenceAnswer>.failed(failure(.unknown)), .resumed]
    )
    func lostDelete(loss: MachineEvent<DocumentIntelligenceAnswer>) {
        var run = Run.starting()
        run.fail(.refused, .sourceNotReady, status: 400)
        let action = run.tell(loss)
        if action.wait != nil { #expect(run.tell(.elapsed) == .ask(.getTarget)) }
        #expect(run.answer(.target(nil)) == .perform(.deleteTarget))
        #expect(run.answer(.targetDeleted) == .ask(.getTarget))
        #expect(run.answer(.target(nil)).wait == Wait(.seconds(60)), "the first may still come")
        #expect(run.settle().conclusion?.failure?.leftBehind == [])
    }

    @Test(
        "nothing new gets the id while a lost delete may still come, by the service's clock",
        arguments: [-100, 0, 100]
    )
    func lateDelete(jump: Int) {
        var run = Run.cleaning()
        run.fail(.unknown)
        run.tell(.elapsed)
        #expect(run.answer(.target(nil), date: noon + .seconds(30)) == .perform(.deleteTarget))
        run.answer(.targetDeleted, date: noon + .seconds(31))
        #expect(run.answer(.target(nil), date: noon + .seconds(32)).wait == Wait(.seconds(60)))
        run.pass(.seconds(59 + jump))
        #expect(run.tell(.elapsed) == .ask(.getTarget))
        #expect(run.answer(.target(nil), date: noon + .seconds(91)).wait == Wait(.seconds(1)))
        run.tell(.elapsed)
        #expect(run.answer(.target(nil), date: noon + .seconds(92)).wait == Backoff.spaced(1))
        #expect(run.machine.lostDelete == nil)
    }

    @Test("a delete that is lost again and again is given up after the grace, and named")
    func lostDeletes() {
        var run = Run.starting()
        run.fail(.refused, .sourceNotReady, status: 400)
        var action = MachineAction<DocumentIntelligenceCall>.perform(.deleteTarget)
        var deletes = 0
        while action.performed != nil {
            deletes += 1
            run.pass(run.fail(.unknown).wait?.duration ?? .zero)
            run.tell(.elapsed)
            action = run.answer(.target(nil))
        }
        #expect(deletes > 10)
        #expect(run.now >= noon + .seconds(600))
        #expect(action.conclusion?.failure?.code == .sourceNotReady)
        #expect(action.conclusion?.leftBehind == [.reservation(id: "target-1")])
    }

    @Test("a successor that comes after the grace sends a delete once that may not have been sent")
    func lateSuccessor() {
        var run = Run.cleaning()
        run.pass(.seconds(86_400))
        #expect(run.tell(.resumed) == .ask(.getTarget))
        #expect(run.answer(.target(nil)) == .perform(.deleteTarget))
        #expect(run.clean().wait == Wait(.seconds(60)))
        #expect(run.settle().wait != nil)
        #expect(run.tell(.elapsed) == .perform(.authorizeCopy))
    }

    @Test("what is seen when a reservation was to be deleted is another's, and stays")
    func anothersInstead() {
        var run = Run.starting()
        run.fail(.refused, .sourceNotReady, status: 400)
        run.tell(.resumed)
        let failure = run.answer(.target(item())).conclusion?.failure
        #expect(failure?.code == .sourceNotReady)
        #expect(failure?.leftBehind == [])
    }

    @Test("a copy of this run that is still there after a lost delete is deleted again; another's model is not")
    func lostDeleteOfCopy() {
        var run = Run.verifying()
        run.tell(.cancelRequested)
        run.tell(.resumed)
        var another = run
        #expect(run.answer(.target(item())).wait != nil)
        #expect(run.tell(.elapsed) == .perform(.deleteTarget))
        #expect(another.answer(.target(item(documentTypes: 5))).wait != nil)
        #expect(another.tell(.elapsed) == .ask(.getTarget))
        another.pass(.seconds(600))
        let end = another.answer(.target(item(documentTypes: 5)))
        #expect(end.conclusion?.leftBehind == [.model(id: "target-1")], "who can tell")
    }

    @Test("what is still shown after an answered delete is waited for, and not deleted once more")
    func stillShown() {
        var run = Run.verifying()
        run.tell(.cancelRequested)
        run.answer(.targetDeleted)
        #expect(run.answer(.target(item())).wait != nil)
        #expect(run.tell(.elapsed) == .ask(.getTarget))
        #expect(run.answer(.target(nil)).conclusion?.leftBehind == [])
    }

    @Test("a delete that is refused leaves the target behind")
    func refusedDelete() {
        var run = Run.cleaning()
        let failure = run.fail(.refused, .accessDenied, status: 403).conclusion?.failure
        #expect(failure?.code == .copyFailed)
        #expect(failure?.leftBehind.map(\.item) == [.reservation(id: "target-1")])
        #expect(run.machine.obligations.map(\.subject) == [.reservation(id: "target-1")])
    }
}
