import Testing

@testable import CopyDomain

@Suite("A Document Intelligence copy")
struct DocumentIntelligenceFlowTests {
    @Test("an id is taken in the resource itself, whatever the configuration calls it")
    func aliases() {
        let plan = plan(.documentIntelligence4_0)
        let target = plan.target
        let alias = FrozenResource(
            name: source,
            endpoint: target.endpoint,
            armID: target.armID.uppercased(),
            region: target.region
        )
        let names = [target, alias].map { resource in
            var machine = DocumentIntelligenceMachine(
                CopyPlan(
                    request: plan.request,
                    source: plan.source,
                    target: resource,
                    acceptedAt: plan.acceptedAt,
                    deadline: plan.deadline,
                    limits: plan.limits
                )
            )
            return machine.receive(.begun, at: noon)
        }
        #expect(names[0] == names[1])
    }

    private typealias Run = DocumentIntelligenceConversation

    private let poll = MachineAction.poll(DocumentIntelligenceCall.getOperation(location: operationLocation()))

    @Test("reserves the id, inspects, authorizes, copies, polls, looks at the target and succeeds")
    func success() {
        var run = Conversation(DocumentIntelligenceMachine(plan(.documentIntelligence4_0)))
        #expect(run.tell(.begun) == .reserve("document-model\(accounts)/invoices-eastus/target-1"))
        #expect(run.machine.phase == .waiting)
        #expect(run.tell(.reserved) == .ask(.getSource))
        #expect(run.answer(.source(item("source-1"))) == .ask(.getTarget))
        #expect(run.answer(.target(nil)) == .ask(.getTargetInfo))
        #expect(run.machine.phase == .inspecting)
        #expect(run.answer(.targetInfo(ResourceRoom(count: 499, limit: 500))) == .perform(.authorizeCopy))
        #expect(run.machine.targetIDs == [])
        #expect(run.answer(.authorized(intelligenceGrant())) == .perform(.startCopy(intelligenceGrant())))
        #expect(run.machine.targetIDs == ["target-1"])
        #expect(run.answer(.copyStarted(operationLocation: operationLocation())) == poll)
        #expect(run.answer(.operation(operation(.notStarted))) == poll)
        #expect(run.machine.azureStatus == "notStarted")
        #expect(run.answer(.operation(operation(.succeeded))) == .ask(.getTarget))
        #expect(run.machine.phase == .verifying)
        let end = run.answer(.target(item()))
        #expect(
            end.conclusion
                == .succeeded(
                    CopySuccess(
                        targetID: "target-1",
                        targetName: nil,
                        expires: item().expires,
                        verified: [
                            "copy succeeded", "target model is ready", "target has all document types (2)",
                        ],
                        attempts: 1
                    )
                )
        )
        #expect(run.machine.obligations.isEmpty)
    }

    @Test("of a classifier asks for no room, which the service counts for models only")
    func classifier() {
        var run = Run.begun(kind: .documentClassifier)
        #expect(run.tell(.reserved) == .ask(.getSource))
        run.answer(.source(item("source-1")))
        #expect(run.answer(.target(nil)) == .perform(.authorizeCopy))
        run.answer(.authorized(intelligenceGrant()))
        run.answer(.copyStarted(operationLocation: operationLocation()))
        run.answer(.operation(operation(.succeeded)))
        let verified = run.answer(.target(item())).conclusion?.success?.verified
        #expect(verified?.contains("target classifier is ready") == true)
    }

    @Test("reserves one name for ids that differ in letter case, and another for each kind and resource")
    func reservation() {
        #expect(
            Run.begun(kind: .documentClassifier).machine.plan.request.target.id?.rawValue == "target-1"
        )
        var model = Conversation(DocumentIntelligenceMachine(plan(.documentIntelligence4_0)))
        var classifier = Conversation(
            DocumentIntelligenceMachine(plan(.documentIntelligence4_0, kind: .documentClassifier))
        )
        #expect(model.tell(.begun) != classifier.tell(.begun))
    }

    @Test(
        "ends at once, with nothing changed, when the source is not shown or the target has no room",
        arguments: [
            (DocumentIntelligenceAnswer.source(nil), FailureCode.sourceNotFound),
            (.targetInfo(ResourceRoom(count: 500, limit: 500)), .targetLimitReached),
        ]
    )
    func preflight(answer: DocumentIntelligenceAnswer, code: FailureCode) {
        var run = Run.inspecting()
        if case .targetInfo = answer {
            run.answer(.source(item("source-1")))
            run.answer(.target(nil))
        }
        let failure = run.answer(answer).conclusion?.failure
        #expect(failure?.code == code)
        #expect(failure?.attempts == 0)
        #expect(run.machine.targetIDs == [] && run.machine.obligations == [])
    }

    @Test("goes on without knowing the room when Azure will not tell, and says so")
    func unknownRoom() {
        var run = Run.inspectingTarget()
        run.answer(.target(nil))
        #expect(run.fail(.refused, .requestRefused, status: 404) == .perform(.authorizeCopy))
        #expect(run.machine.record.warnings.count == 1)
    }

    @Test("warns of a copy that will expire with its source within the month")
    func expiringSource() {
        var run = Run.inspecting()
        let expires = noon + .seconds(30 * 24 * 3600)
        run.answer(.source(item("source-1", expires: expires)))
        run.answer(.target(nil))
        run.answer(.targetInfo(ResourceRoom(count: 3, limit: 500)))
        run.answer(.authorized(intelligenceGrant()))
        run.answer(.copyStarted(operationLocation: operationLocation()))
        run.answer(.operation(operation(.succeeded)))
        let success = run.answer(.target(item(expires: nil))).conclusion?.success
        #expect(success?.warnings.count == 1)
        #expect(success?.expires == expires, "the source's own where the version tells none of the copy")
    }

    @Test("does not change its checkpoint while a poll brings nothing new")
    func quietPolls() {
        var run = Run.copying()
        run.answer(.operation(operation(.running)))
        let before = run.machine
        run.pass(.seconds(1))
        #expect(run.answer(.operation(operation(.running))) == poll)
        #expect(run.machine == before)
    }

    @Test("sends a throttled call again, not before Azure said, with the same authorization")
    func throttled() {
        var run = Run.authorizing()
        #expect(run.fail(.notDone(retryAfter: .seconds(55)), .throttled).wait == Wait(.seconds(56), jitter: 1.0 / 56))
        run.pass(.seconds(56))
        #expect(run.tell(.elapsed) == .perform(.authorizeCopy))
        run.answer(.authorized(intelligenceGrant()))
        #expect(run.fail(.notDone(retryAfter: .seconds(55)), .throttled).wait != nil)
        run.pass(.seconds(56))
        #expect(run.tell(.elapsed) == .perform(.startCopy(intelligenceGrant())))
        #expect(run.machine.record.attempts == 1)
    }

    @Test("takes a reservation away whose authorization ran out unused, and asks for another")
    func expired() {
        var run = Run.starting()
        run.fail(.notDone(retryAfter: nil))
        run.pass(.seconds(3600 - 60))
        #expect(run.tell(.elapsed) == .perform(.deleteTarget))
        #expect(run.cleanAndTryAgain() == .perform(.authorizeCopy))
        let second = intelligenceGrant("canary-2", expires: run.now + .seconds(3600))
        #expect(run.answer(.authorized(second)) == .perform(.startCopy(second)))
    }

    @Test("looks first where the authorization has run out: what is there may be another's by now")
    func longExpired() {
        var run = Run.starting()
        run.fail(.notDone(retryAfter: nil))
        run.pass(.seconds(3600))
        #expect(run.tell(.elapsed) == .ask(.getTarget))
        var free = run
        #expect(free.answer(.target(nil)) == .perform(.deleteTarget), "a reservation is not shown")
        #expect(free.cleanAndTryAgain() == .perform(.authorizeCopy))
        run.answer(.target(item(documentTypes: 5)))
        #expect(run.tell(.elapsed) == .perform(.authorizeCopy), "and Azure refuses that")
    }

    @Test("fails when authorizations keep running out before they can be used")
    func alwaysExpired() {
        var run = Run.authorizing()
        var action = MachineAction<DocumentIntelligenceCall>.perform(.authorizeCopy)
        for _ in 1...3 {
            #expect(action == .perform(.authorizeCopy))
            run.answer(.authorized(intelligenceGrant()))
            #expect(run.fail(.refused, .authorizationExpired, status: 403) == .perform(.deleteTarget))
            action = run.clean()
            if action.wait != nil { action = run.tell(.elapsed) }
        }
        #expect(action.conclusion?.failure?.code == .authorizationExpired)
        #expect(action.conclusion?.failure?.attempts == 3)
    }

    @Test("takes the reservation away when the copy is refused")
    func refusedCopy() {
        var run = Run.starting()
        #expect(run.fail(.refused, .sourceNotReady, status: 400) == .perform(.deleteTarget))
        let failure = run.clean().conclusion?.failure
        #expect(failure?.code == .sourceNotReady)
        #expect(failure?.leftBehind == [])
        #expect(run.machine.obligations.isEmpty)
    }

    @Test("copies once more after a failure that passes, and not for good after the last attempt")
    func failedCopies() {
        var run = Run.copying()
        let passing = failure(.notDone(retryAfter: nil), .copyFailed)
        var end = MachineAction<DocumentIntelligenceCall>.perform(.authorizeCopy)
        for attempt in 1...3 {
            if attempt > 1 {
                #expect(end == .perform(.authorizeCopy))
                run.answer(.authorized(intelligenceGrant("canary-\(attempt)")))
                run.answer(.copyStarted(operationLocation: operationLocation("operation-\(attempt)")))
            }
            let failed = operation(.failed, id: "operation-\(attempt)", failure: passing)
            #expect(run.answer(.operation(failed)) == .perform(.deleteTarget))
            end = run.clean()
            if attempt < 3 {
                #expect(end.wait?.duration == .seconds(attempt == 1 ? 2 : 8), "the longer the later")
                end = run.tell(.elapsed)
            }
        }
        #expect(end.conclusion?.failure?.code == .copyFailed)
        #expect(end.conclusion?.failure?.attempts == 3)
    }

    @Test("bears a mismatch once, and a failure for good not at all")
    func failuresForGood() {
        let mismatch = operation(.failed, failure: failure(.refused, .targetMismatch))
        var run = Run.copying()
        run.answer(.operation(mismatch))
        #expect(run.cleanAndTryAgain() == .perform(.authorizeCopy))
        run.answer(.authorized(intelligenceGrant("canary-2")))
        run.answer(.copyStarted(operationLocation: operationLocation("operation-2")))
        run.answer(.operation(mismatch))
        #expect(run.clean().conclusion?.failure?.code == .targetMismatch)
        var protected = Run.copying()
        protected.answer(.operation(operation(.failed, failure: failure(.refused, .dataProtection))))
        #expect(protected.clean().conclusion?.failure?.code == .dataProtection)
    }

    @Test(
        "fails when Azure ends the copy without failing it",
        arguments: [
            DocumentIntelligenceOperation.Status.canceled, .skipped,
        ]
    )
    func endedCopy(status: DocumentIntelligenceOperation.Status) {
        var run = Run.copying()
        #expect(run.answer(.operation(operation(status))) == .perform(.deleteTarget))
        let failure = run.clean().conclusion?.failure
        #expect(failure?.code == .copyFailed)
        #expect(failure?.message == "Azure ended the copy as \(status.text).")
    }

    @Test("deletes a target that lacks document types, and copies once more")
    func incomplete() {
        var run = Run.verifying()
        #expect(run.answer(.target(item(documentTypes: 1))) == .perform(.deleteTarget))
        #expect(run.cleanAndTryAgain() == .perform(.authorizeCopy))
        #expect(run.machine.record.attempts == 2)
    }

    @Test("gives a target that Azure reported as done some time to be shown")
    func lateTarget() {
        var run = Run.verifying()
        #expect(run.answer(.target(nil)) == .poll(.getTarget))
        run.pass(.seconds(59))
        #expect(run.answer(.target(nil)) == .poll(.getTarget))
        var shown = run
        #expect(shown.answer(.target(item())).conclusion?.success != nil)
        run.pass(.seconds(1))
        #expect(run.answer(.target(nil)) == .perform(.deleteTarget))
        #expect(run.clean().conclusion?.failure?.code == .targetVanished)
    }

    @Test("claims no success for a target that it may not look at for a minute")
    func hiddenTarget() {
        var run = Run.verifying()
        #expect(run.fail(.refused, .accessDenied, status: 403).wait != nil)
        run.pass(.seconds(59))
        var shown = run
        #expect(shown.answer(.target(item())).conclusion?.success != nil)
        #expect(run.fail(.refused, .accessDenied, status: 403).wait != nil)
        run.pass(.seconds(1))
        #expect(run.fail(.refused, .accessDenied, status: 403) == .perform(.deleteTarget))
        #expect(run.clean().conclusion?.failure?.code == .accessDenied)
    }

    @Test("a copy found failed when its authorization has run out is not deleted unseen: another may have the id")
    func failedLongAgo() {
        var run = Run.copying()
        run.pass(.seconds(3601))
        let passing = failure(.notDone(retryAfter: nil), .copyFailed)
        #expect(run.answer(.operation(operation(.failed, failure: passing))) == .ask(.getTarget))
        #expect(run.answer(.target(item(documentTypes: 7))).wait != nil, "another's, and left alone")
        #expect(run.tell(.elapsed) == .perform(.authorizeCopy))
        run.fail(.refused, .targetIDTaken, status: 409)
        #expect(run.answer(.target(item(documentTypes: 7))).conclusion?.failure?.code == .targetIDTaken)
    }

    @Test("an authorization lives as long as Azure says by its own clock, however far this host's is off")
    func hostClockAhead() {
        for offset in [Duration.seconds(2 * 3600), .seconds(-2 * 3600)] {
            var run = Run.authorizing()
            let serviceNow = run.now - offset
            run.answer(.authorized(intelligenceGrant(expires: serviceNow + .seconds(3600))), date: serviceNow)
            run.machine.withdrawIntent()
            run.pass(.seconds(3500))
            #expect(run.tell(.elapsed).performed != nil)
            run.fail(.notDone(retryAfter: nil))
            run.pass(.seconds(40))
            #expect(run.tell(.elapsed).performed != .startCopy(intelligenceGrant(expires: serviceNow + .seconds(3600))))
        }
    }

    @Test("an authorization that has run out by its own word was granted a moment ago, and is used")
    func bornExpired() {
        var run = Run.authorizing()
        let grant = intelligenceGrant(expires: noon - .seconds(3600 * 24 * 365))
        run.answer(.authorized(grant))
        run.machine.withdrawIntent()
        #expect(run.tell(.elapsed) == .perform(.startCopy(grant)))
    }
}
