import Testing

@testable import CopyDomain

@Suite("A Form Recognizer v2 copy whose answer was lost")
struct FormRecognizerReconcilingTests {
    private typealias Event = MachineEvent<FormRecognizerAnswer>

    private static let losses: [MachineEvent<FormRecognizerAnswer>] = [.failed(failure(.unknown)), .resumed]

    // MARK: Authorization

    @Test("a lost authorization is owed with its suspects, then asked for again", arguments: losses)
    func lostAuthorization(loss: MachineEvent<FormRecognizerAnswer>) {
        var run = FormRecognizerConversation.begun()
        run.pass(.seconds(30))
        #expect(run.tell(loss) == .ask(.listTargetModels))
        #expect(run.machine.phase == .reconciling)
        #expect(run.machine.obligations.isEmpty)
        run.pass(.seconds(1))
        // The service's clock is 100 s ahead of ours, which read noon when the intent was taken.
        let sent = noon + .seconds(100)
        let models = [
            model("ready-one", .ready, created: sent),
            model("early", .creating, created: sent - .milliseconds(5001)),
            model("first", .creating, created: sent - .seconds(5)),
            model("mine", .creating, created: sent + .seconds(1)),
            model("mine", .creating, created: sent + .seconds(1)),
            model("last", .creating, created: sent + .seconds(301)),
            model("late", .creating, created: sent + .milliseconds(301_001)),
            model("timeless", .creating, created: nil),
        ]
        let again = run.answer(.targetModels(models), date: sent + .seconds(31))
        #expect(again == .wait(Wait(.seconds(2), jitter: 0.5)))
        #expect(run.tell(.elapsed) == .perform(.authorizeCopy))
        #expect(run.machine.state == .authorizing(since: run.now))
        let to = sent + .seconds(301)
        #expect(
            run.machine.obligations == [
                Obligation(
                    resource: target,
                    subject: .emptyModel(from: sent - .seconds(5), to: to, suspects: ["first", "mine", "last"]),
                    due: to + .seconds(24 * 3600),
                    reason: "The answer to a copy authorization was lost: it may have made an empty model."
                )
            ]
        )
        run.answer(.authorized(grant()))
        run.answer(.copyStarted(operationLocation: location))
        run.answer(.copyResult(result(.succeeded)))
        let success = run.answer(.targetModel(model())).conclusion?.success
        #expect(success?.attempts == 1, "no copy was begun before")
    }

    @Test("the window ends 5 min after the intent, however late the list is read; without a Date our clock counts")
    func windowEnd() {
        var run = FormRecognizerConversation.begun()
        run.pass(.seconds(7200))
        run.tell(.resumed)
        run.answer(.targetModels([]))
        let subject = ObligationSubject.emptyModel(
            from: noon - .seconds(5),
            to: noon + .seconds(301),
            suspects: []
        )
        #expect(run.machine.obligations.map(\.subject) == [subject])
    }

    @Test("whatever a clock was set back to, what was sent was sent before now")
    func clockSetBack() {
        var run = FormRecognizerConversation.begun()
        run.pass(.seconds(-600))
        run.tell(.resumed)
        run.answer(.targetModels([]))
        let subject = ObligationSubject.emptyModel(
            from: noon - .seconds(605),
            to: noon - .seconds(299),
            suspects: []
        )
        #expect(run.machine.obligations.map(\.subject) == [subject])
    }

    @Test("the window begins when the target was last heard of, if the clock was set back since", arguments: [30, 600])
    func windowBegin(back: Int) {
        var run = FormRecognizerConversation.inspecting()
        run.answer(.sourceModel(model("source-1")))
        run.answer(.targetSummary(ResourceRoom(count: 13, limit: 250)), date: noon)
        run.pass(.seconds(30 - back))
        run.tell(.resumed)
        run.answer(.targetModels([]), date: noon + .seconds(30))
        let subject = ObligationSubject.emptyModel(
            from: noon - .seconds(5),
            to: noon + .seconds(331),
            suspects: []
        )
        #expect(run.machine.obligations.map(\.subject) == [subject])
    }

    @Test("models this run knows are no suspects")
    func knownModels() {
        var run = FormRecognizerConversation.copying()
        run.answer(.copyResult(result(.failed, code: "InternalServerError")))
        run.answer(.targetModelDeleted)
        run.tryAgain()
        run.tell(.resumed)
        run.answer(.targetModels([model("target-1", .creating), model("other", .creating)]))
        guard case .emptyModel(_, _, let suspects)? = run.machine.obligations.first?.subject else {
            Issue.record("nothing is owed")
            return
        }
        #expect(suspects == ["other"])
    }

    @Test("the obligation stands without suspects when the list is refused")
    func refusedList() {
        var run = FormRecognizerConversation.begun()
        run.fail(.unknown)
        run.fail(.refused, .accessDenied, status: 403)
        #expect(run.machine.state == .authorizable)
        guard case .emptyModel(_, _, let suspects)? = run.machine.obligations.first?.subject else {
            Issue.record("nothing is owed")
            return
        }
        #expect(suspects.isEmpty)
    }

    @Test("a list that cannot be read now is read later")
    func unreadableList() {
        var run = FormRecognizerConversation.begun()
        run.fail(.unknown)
        #expect(run.fail(.notDone(retryAfter: nil)).wait != nil)
        #expect(run.machine.obligations.isEmpty)
        #expect(run.tell(.elapsed) == .ask(.listTargetModels))
    }

    @Test("an authorization that is lost again and again ends the run, and every loss is named")
    func lostTooOften() {
        var run = FormRecognizerConversation.begun()
        for loss in 1...5 {
            #expect(run.fail(.unknown) == .ask(.listTargetModels))
            run.pass(.seconds(60))
            let action = run.answer(.targetModels([]))
            if loss < 5 {
                #expect(action.wait != nil)
                #expect(run.tell(.elapsed) == .perform(.authorizeCopy))
            }
        }
        let failure = run.tell(.resumed).conclusion?.failure
        #expect(failure?.code == .azureUnavailable)
        #expect(failure?.leftBehind.count == 5)
        #expect(run.machine.obligations.count == 5)
    }

    @Test("a success nobody could read counts as lost")
    func unreadableSuccess() {
        var authorizing = FormRecognizerConversation.begun()
        #expect(authorizing.fail(.refused, .unexpectedAnswer, status: 201) == .ask(.listTargetModels))
        var starting = FormRecognizerConversation.starting()
        #expect(
            starting.fail(.refused, .unexpectedAnswer, status: 202) == .poll(.getTargetModel(id: "target-1"))
        )
    }

    // MARK: Copy

    @Test("a lost copy is not sent again: its target is watched until it is ready", arguments: losses)
    func lostCopy(loss: MachineEvent<FormRecognizerAnswer>) {
        var run = FormRecognizerConversation.starting()
        let poll = MachineAction.poll(FormRecognizerCall.getTargetModel(id: "target-1"))
        #expect(run.tell(loss) == poll)
        #expect(run.machine.phase == .reconciling)
        run.pass(.seconds(119))
        #expect(run.answer(.targetModel(model("target-1", .creating))) == poll)
        #expect(run.fail(.notDone(retryAfter: nil)).wait != nil)
        run.pass(.seconds(600))
        #expect(run.tell(.elapsed) == poll, "only an answer ends the watch")
        let success = run.answer(.targetModel(model())).conclusion?.success
        #expect(success?.targetID == "target-1")
        #expect(success?.verified == ["target model is ready"])
        #expect(run.machine.obligations.isEmpty)
    }

    @Test("a target that is not built in time is deleted and seen gone before a new authorization")
    func neverBuilt() {
        var run = FormRecognizerConversation.watching()
        run.pass(.seconds(120))
        let creating = model("target-1", .creating)
        #expect(run.answer(.targetModel(creating)) == .perform(.deleteTargetModel(id: "target-1")))
        #expect(run.machine.obligations.map(\.subject) == [.model(id: "target-1")])
        #expect(run.machine.obligations.first?.due == run.now + .seconds(3600))
        #expect(run.answer(.targetModelDeleted) == .ask(.getTargetModel(id: "target-1")))
        #expect(run.answer(.targetModel(creating)).wait != nil, "still there")
        #expect(run.tell(.elapsed) == .perform(.deleteTargetModel(id: "target-1")))
        run.answer(.targetModelDeleted)
        #expect(run.tryAgain() == .perform(.authorizeCopy))
    }

    @Test("success waits until every target given up is seen gone again")
    func givenUpTargets() {
        var run = FormRecognizerConversation.copyingAgain()
        run.answer(.copyResult(result(.succeeded)))
        #expect(run.answer(.targetModel(model("target-2"))) == .ask(.getTargetModel(id: "target-1")))
        #expect(run.machine.phase == .verifying)
        let success = run.answer(.targetModel(nil)).conclusion?.success
        #expect(success?.targetID == "target-2")
        #expect(success?.attempts == 2)
        #expect(success?.verified.contains("targets given up before are gone") == true)
    }

    @Test("a target given up that has come back is deleted once more before success")
    func returnedTarget() {
        var run = FormRecognizerConversation.checking()
        #expect(run.answer(.targetModel(model("target-1"))) == .perform(.deleteTargetModel(id: "target-1")))
        run.answer(.targetModelDeleted)
        #expect(run.answer(.targetModel(nil)) == .ask(.getTargetModel(id: "target-1")), "looked at again")
        #expect(run.answer(.targetModel(nil)).conclusion?.success?.targetID == "target-2")
    }

    @Test("the new target goes when the old one came back and would not")
    func stubbornTarget() {
        var run = FormRecognizerConversation.checking()
        run.answer(.targetModel(model("target-1")))
        #expect(run.fail(.refused, .accessDenied, status: 403) == .perform(.deleteTargetModel(id: "target-2")))
        run.answer(.targetModelDeleted)
        let failure = run.answer(.targetModel(nil)).conclusion?.failure
        #expect(failure?.code == .accessDenied)
        #expect(failure?.leftBehind.map(\.item) == [.model(id: "target-1")])
    }

    @Test("a watched target that became invalid leads to a new authorization")
    func invalidWatched() {
        var run = FormRecognizerConversation.watching()
        run.answer(.targetModel(model("target-1", .invalid)))
        run.answer(.targetModelDeleted)
        #expect(run.tryAgain() == .perform(.authorizeCopy))
        #expect(run.machine.obligations.isEmpty, "an invalid model is not built any more")
    }

    @Test("a watched target that vanished leads to a new authorization, and is looked for before success")
    func vanishedWatched() {
        var run = FormRecognizerConversation.watching()
        #expect(run.tryAgain() == .perform(.authorizeCopy))
        run.answer(.authorized(grant("target-2")))
        run.answer(.copyStarted(operationLocation: location))
        run.answer(.copyResult(result(.succeeded)))
        #expect(run.answer(.targetModel(model("target-2"))) == .ask(.getTargetModel(id: "target-1")))
    }

    @Test("copies that are lost again and again end the run")
    func lostCopies() {
        var run = FormRecognizerConversation.begun()
        for attempt in 1...3 {
            run.answer(.authorized(grant("target-\(attempt)")))
            run.fail(.unknown)
            run.pass(.seconds(120))
            run.answer(.targetModel(model("target-\(attempt)", .creating)))
            run.answer(.targetModelDeleted)
            if attempt < 3 { run.tryAgain() } else { run.answer(.targetModel(nil)) }
        }
        let failure = run.tell(.resumed).conclusion?.failure
        #expect(failure?.code == .azureUnavailable)
        #expect(failure?.attempts == 3)
        #expect(failure?.leftBehind == [])
        #expect(run.machine.obligations.count == 3)
    }

    @Test("no new authorization while the old target would not go")
    func stuckBeforeAnew() {
        var run = FormRecognizerConversation.watching()
        run.pass(.seconds(120))
        run.answer(.targetModel(model("target-1", .creating)))
        let failure = run.fail(.refused, .accessDenied, status: 403).conclusion?.failure
        #expect(failure?.code == .azureUnavailable)
        #expect(failure?.leftBehind.map(\.item) == [.model(id: "target-1")])
    }

    // MARK: Poll

    @Test("an operation that Azure does not know yet is asked for again; an older one leaves it to the target")
    func unknownOperation() {
        var run = FormRecognizerConversation.copying()
        run.pass(.milliseconds(29_999))
        let poll = MachineAction.poll(FormRecognizerCall.getCopyResult(operationLocation: location))
        #expect(run.fail(.refused, .unexpectedAnswer, status: 404) == poll)
        run.pass(.milliseconds(1))
        let watch = MachineAction.poll(FormRecognizerCall.getTargetModel(id: "target-1"))
        #expect(run.fail(.refused, .unexpectedAnswer, status: 404) == watch)
        #expect(run.answer(.targetModel(model())).conclusion?.success != nil)
    }

    @Test("a refused poll leaves it to the target; one that is not built in time is taken away and owed")
    func refusedPoll() {
        let watch = MachineAction.poll(FormRecognizerCall.getTargetModel(id: "target-1"))
        var run = FormRecognizerConversation.copying()
        #expect(run.fail(.refused, .accessDenied, status: 403) == watch)
        #expect(run.answer(.targetModel(model("target-1", .creating))) == watch)
        var built = run
        #expect(built.answer(.targetModel(model())).conclusion?.success != nil)
        run.pass(.seconds(120))
        let delete = run.answer(.targetModel(model("target-1", .creating)))
        #expect(delete == .perform(.deleteTargetModel(id: "target-1")))
        run.answer(.targetModelDeleted)
        let failure = run.answer(.targetModel(nil)).conclusion?.failure
        #expect(failure?.code == .accessDenied)
        #expect(run.machine.obligations.map(\.subject) == [.model(id: "target-1")])
    }

    @Test("polls that fail are tried again, slower each time, until one is answered")
    func failingPolls() {
        var run = FormRecognizerConversation.copying()
        var longest: [Duration] = []
        for _ in 1...7 {
            longest.append(run.fail(.notDone(retryAfter: nil)).wait?.duration ?? .zero)
            run.tell(.elapsed)
        }
        #expect(longest == [1, 2, 4, 8, 16, 30, 30].map { .seconds($0) })
        run.answer(.copyResult(result(.running)))
        #expect(run.fail(.notDone(retryAfter: nil)).wait?.duration == .seconds(1))
    }

    // MARK: Delete

    @Test("a lost delete is looked after, not repeated blindly", arguments: losses)
    func lostDelete(loss: MachineEvent<FormRecognizerAnswer>) {
        var run = FormRecognizerConversation.starting()
        run.fail(.refused, .requestRefused, status: 400)
        #expect(run.tell(loss) == .ask(.getTargetModel(id: "target-1")))
        #expect(run.answer(.targetModel(nil)).conclusion?.failure?.code == .requestRefused)
    }

    @Test("cleaning that keeps failing is left behind after the grace")
    func failingDelete() {
        var run = FormRecognizerConversation.starting()
        run.fail(.refused, .requestRefused, status: 400)
        var action = run.fail(.notDone(retryAfter: nil))
        while action.wait != nil {
            run.pass(action.wait?.duration ?? .zero)
            run.tell(.elapsed)
            action = run.fail(.notDone(retryAfter: nil))
        }
        #expect(run.now == noon + .seconds(600))
        #expect(action.conclusion?.failure?.code == .requestRefused)
        #expect(action.conclusion?.leftBehind == [.model(id: "target-1")])
        #expect(run.machine.obligations.map(\.subject) == [.model(id: "target-1")])
    }
}
