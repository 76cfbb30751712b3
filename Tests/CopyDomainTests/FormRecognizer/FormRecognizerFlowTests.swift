import Testing

@testable import CopyDomain

@Suite("A Form Recognizer v2 copy")
struct FormRecognizerFlowTests {
    private let retirement = "Azure will retire API version v2.1 on 2027-09-15."

    @Test("looks at source and target, gets an authorization, starts the copy, polls, looks again and succeeds")
    func success() {
        var run = Conversation(FormRecognizerMachine(plan()))
        #expect(run.machine.phase == .requested)
        #expect(run.tell(.begun) == .ask(.getSourceModel))
        #expect(run.machine.phase == .inspecting)
        #expect(run.answer(.sourceModel(model("source-1"))) == .ask(.getTargetSummary))
        #expect(run.answer(.targetSummary(ResourceRoom(count: 13, limit: 250))) == .perform(.authorizeCopy))
        #expect(run.machine.phase == .authorizing)
        #expect(run.answer(.authorized(grant())) == .perform(.startCopy(grant())))
        #expect(run.machine.targetIDs == ["target-1"])
        #expect(run.machine.phase == .starting)
        let poll = MachineAction.poll(FormRecognizerCall.getCopyResult(operationLocation: location))
        #expect(run.answer(.copyStarted(operationLocation: location)) == poll)
        #expect(run.machine.azureStatus == nil)
        #expect(run.answer(.copyResult(result(.notStarted))) == poll)
        #expect(run.machine.azureStatus == "notStarted")
        #expect(run.answer(.copyResult(result(.running))) == poll)
        #expect(run.machine.phase == .copying)
        #expect(run.answer(.copyResult(result(.succeeded))) == .ask(.getTargetModel(id: "target-1")))
        #expect(run.machine.azureStatus == "succeeded")
        #expect(run.machine.phase == .verifying)
        let end = run.answer(.targetModel(model()))
        #expect(
            end.conclusion
                == .succeeded(
                    CopySuccess(
                        targetID: "target-1",
                        targetName: "invoices",
                        verified: ["copy succeeded", "target model is ready"],
                        warnings: [retirement],
                        attempts: 1
                    )
                )
        )
        #expect(run.machine.phase == .ended)
        #expect(run.machine.obligations.isEmpty)
    }

    @Test("does not change its checkpoint while a poll brings nothing new")
    func quietPolls() {
        var run = FormRecognizerConversation.copying()
        run.answer(.copyResult(result(.running)))
        let before = run.machine
        run.pass(.seconds(1))
        run.answer(.copyResult(result(.running)))
        #expect(run.machine == before)
    }

    @Test("takes a status it does not know for a copy that goes on")
    func unknownStatus() {
        var run = FormRecognizerConversation.copying()
        let action = run.answer(.copyResult(result(.unknown("postponed"))))
        #expect(action == .poll(.getCopyResult(operationLocation: location)))
        #expect(run.machine.azureStatus == "postponed")
    }

    @Test("tries a throttled authorization again, not before Azure said")
    func throttledAuthorization() {
        var run = FormRecognizerConversation.begun()
        let wait = run.fail(.notDone(retryAfter: .seconds(55)), .throttled).wait
        #expect(wait == Wait(.seconds(56), jitter: 1.0 / 56))
        run.pass(.seconds(56))
        #expect(run.tell(.elapsed) == .perform(.authorizeCopy))
        #expect(run.machine.state == .authorizing(since: run.now), "the intent is as young as its call")
        #expect(run.machine.obligations.isEmpty)
    }

    @Test("sends a throttled copy again with the same authorization")
    func throttledCopy() {
        var run = FormRecognizerConversation.starting()
        #expect(run.fail(.notDone(retryAfter: .seconds(55)), .throttled).wait != nil)
        run.pass(.seconds(56))
        #expect(run.tell(.elapsed) == .perform(.startCopy(grant())))
        #expect(run.machine.state == .starting(grant(), since: run.now))
    }

    @Test("does not start a copy with an authorization that ran out while it waited")
    func expiredGrant() {
        var run = FormRecognizerConversation.starting()
        run.fail(.notDone(retryAfter: nil))
        run.pass(.seconds(24 * 3600 - 30))
        #expect(run.tell(.resumed) == .perform(.deleteTargetModel(id: "target-1")))
        #expect(run.answer(.targetModelDeleted) == .ask(.getTargetModel(id: "target-1")))
        #expect(run.tryAgain() == .perform(.authorizeCopy))
    }

    @Test("fails when authorizations keep running out before they can be used")
    func alwaysExpired() {
        var run = FormRecognizerConversation.begun()
        var action = MachineAction<FormRecognizerCall>.perform(.authorizeCopy)
        for attempt in 1...3 {
            #expect(action == .perform(.authorizeCopy))
            run.answer(.authorized(grant("target-\(attempt)", expires: run.now + .seconds(3600))))
            run.fail(.notDone(retryAfter: nil))
            run.pass(.seconds(3600))
            run.tell(.elapsed)
            run.answer(.targetModelDeleted)
            action = attempt < 3 ? run.tryAgain() : run.answer(.targetModel(nil))
        }
        #expect(action.conclusion?.failure?.code == .authorizationExpired)
        #expect(action.conclusion?.failure?.attempts == 3)
    }

    @Test("an authorization that has run out by its own word was granted a moment ago, and is used")
    func bornExpired() {
        var run = FormRecognizerConversation.begun()
        run.answer(.authorized(grant("target-1", expires: noon - .seconds(3600 * 24 * 365))))
        run.machine.withdrawIntent()
        guard case .startCopy? = run.tell(.elapsed).performed else {
            Issue.record("it is not used")
            return
        }
    }

    @Test("ends at once when the authorization is refused, because nothing was made")
    func refusedAuthorization() {
        var run = FormRecognizerConversation.begun()
        let failure = run.fail(.refused, .accessDenied, status: 401).conclusion?.failure
        #expect(failure?.code == .accessDenied)
        #expect(failure?.azure?.status == 401)
        #expect(failure?.leftBehind == [])
        #expect(run.machine.obligations.isEmpty)
    }

    @Test("takes the empty target away when the copy is refused")
    func refusedCopy() {
        var run = FormRecognizerConversation.starting()
        #expect(run.fail(.refused, .sourceNotFound, status: 500) == .perform(.deleteTargetModel(id: "target-1")))
        #expect(run.machine.phase == .cleaning)
        #expect(run.answer(.targetModelDeleted) == .ask(.getTargetModel(id: "target-1")))
        let failure = run.answer(.targetModel(nil)).conclusion?.failure
        #expect(failure?.code == .sourceNotFound)
        #expect(failure?.leftBehind == [])
    }

    @Test("takes the target away and owes it when Azure named a foreign place for the result")
    func foreignLocation() {
        var run = FormRecognizerConversation.starting()
        run.fail(.refused, .foreignOperationLocation, status: 202)
        run.answer(.targetModelDeleted)
        let failure = run.answer(.targetModel(nil)).conclusion?.failure
        #expect(failure?.code == .foreignOperationLocation)
        #expect(run.machine.obligations.map(\.subject) == [.model(id: "target-1")])
    }

    @Test("a failed copy is begun again with a new authorization, while attempts remain")
    func failedCopies() {
        var run = FormRecognizerConversation.copying()
        for attempt in 2...3 {
            let delete = run.answer(.copyResult(result(.failed, code: "InternalServerError")))
            #expect(delete == .perform(.deleteTargetModel(id: "target-\(attempt - 1)")))
            run.answer(.targetModelDeleted)
            #expect(run.tryAgain() == .perform(.authorizeCopy))
            #expect(run.machine.azureStatus == nil)
            run.answer(.authorized(grant("target-\(attempt)")))
            run.answer(.copyStarted(operationLocation: location))
        }
        run.answer(.copyResult(result(.failed, code: "InternalServerError")))
        run.answer(.targetModelDeleted)
        let failure = run.answer(.targetModel(nil)).conclusion?.failure
        #expect(failure?.code == .copyFailed)
        #expect(failure?.azure?.code == "InternalServerError")
        #expect(failure?.attempts == 3)
        #expect(failure?.leftBehind == [])
        #expect(run.machine.obligations.isEmpty, "Azure said that these copies are over")
        #expect(run.machine.targetIDs == ["target-1", "target-2", "target-3"])
    }

    @Test("a mismatch is tried once more, because it happens at random")
    func mismatches() {
        var run = FormRecognizerConversation.copying()
        run.answer(.copyResult(result(.failed, code: "2024")))
        run.answer(.targetModelDeleted)
        #expect(run.tryAgain() == .perform(.authorizeCopy))
        run.answer(.authorized(grant("target-2")))
        run.answer(.copyStarted(operationLocation: location))
        #expect(run.answer(.copyResult(result(.failed, code: "2024"))) == .perform(.deleteTargetModel(id: "target-2")))
        run.answer(.targetModelDeleted)
        let failure = run.answer(.targetModel(nil)).conclusion?.failure
        #expect(failure?.code == .targetMismatch)
        #expect(failure?.azure?.code == "2024")
        #expect(failure?.attempts == 2)
    }

    @Test(
        "bears a target that is not there or not ready for the time of verification",
        arguments: [
            (FormRecognizerModel?.none, FailureCode.targetVanished), (model("target-1", .creating), .targetInvalid),
        ]
    )
    func verification(seen: FormRecognizerModel?, code: FailureCode) {
        var run = FormRecognizerConversation.verifying()
        run.pass(.seconds(3600))
        let poll = MachineAction.poll(FormRecognizerCall.getTargetModel(id: "target-1"))
        #expect(run.answer(.targetModel(seen)) == poll, "an outage before the first answer costs nothing")
        run.pass(.seconds(59))
        #expect(run.answer(.targetModel(seen)) == poll)
        run.pass(.seconds(1))
        #expect(run.answer(.targetModel(seen)) == .perform(.deleteTargetModel(id: "target-1")))
        run.answer(.targetModelDeleted)
        #expect(run.answer(.targetModel(nil)).conclusion?.failure?.code == code)
    }

    @Test("an invalid target is taken away and named")
    func invalidTarget() {
        var run = FormRecognizerConversation.verifying()
        let invalid = FormRecognizerModel(
            id: "target-1",
            status: .invalid,
            name: nil,
            created: nil,
            error: AzureError(status: 200, code: "3013", message: "Operation exceeded maximum processing time.")
        )
        #expect(run.answer(.targetModel(invalid)) == .perform(.deleteTargetModel(id: "target-1")))
        run.answer(.targetModelDeleted)
        let failure = run.answer(.targetModel(nil)).conclusion?.failure
        #expect(failure?.code == .targetInvalid)
        #expect(failure?.azure?.code == "3013")
    }

    @Test("answers everything with the same conclusion once it has ended")
    func afterTheEnd() {
        var run = FormRecognizerConversation.verifying()
        let end = run.answer(.targetModel(model()))
        let ended = run.machine
        let events: [MachineEvent<FormRecognizerAnswer>] = [
            .begun, .resumed, .elapsed, .reserved, .deadlineReached, .cancelRequested,
            .answered(.targetModelDeleted, serviceDate: nil), .failed(failure(.unknown)),
        ]
        for event in events {
            #expect(run.tell(event) == end)
            #expect(run.machine == ended)
        }
    }

    @Test("an answer to another call than the one that is open is our mistake, and traps")
    func misfit() async {
        await #expect(processExitsWith: .failure) {
            var machine = FormRecognizerMachine(plan())
            _ = machine.receive(.begun, at: noon)
            _ = machine.receive(.answered(.targetModelDeleted, serviceDate: nil), at: noon)
        }
        await #expect(processExitsWith: .failure) {
            var machine = CopyMachine(plan())
            _ = machine.receive(.answered(.customVision(.deleted), serviceDate: nil), at: noon)
        }
    }
}
