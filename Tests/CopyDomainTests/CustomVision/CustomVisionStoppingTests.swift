import Testing

@testable import CopyDomain

@Suite("A deadline or a cancel of a Custom Vision project copy")
struct CustomVisionStoppingTests {
    private static let stops: [MachineEvent<CustomVisionAnswer>] = [.deadlineReached, .cancelRequested]

    private func isOutcome(
        of stop: MachineEvent<CustomVisionAnswer>,
        _ action: MachineAction<CustomVisionCall>
    ) -> Bool {
        switch action.conclusion {
        case .cancelled?: stop == .cancelRequested
        case .failed(let failure)?: stop == .deadlineReached && failure.code == .deadlineExceeded
        case .succeeded?, .checked?, nil: false
        }
    }

    @Test("ends the run at once when no import was sent", arguments: stops)
    func nothingSent(stop: MachineEvent<CustomVisionAnswer>) {
        var waiting = CustomVisionConversation.importing()
        waiting.fail(.notDone(retryAfter: nil))
        let fresh = Conversation(CustomVisionMachine(plan(.customVision3_3)))
        for beginning in [fresh, .begun(), .reserving(), .measuring(), .exporting(), .importing(), waiting] {
            var run = beginning
            let end = run.tell(stop)
            #expect(isOutcome(of: stop, end))
            #expect(end.conclusion?.leftBehind == [])
            #expect(run.machine.obligations.isEmpty)
        }
    }

    @Test("looks for the projects of lost imports before it ends", arguments: stops)
    func sweeps(stop: MachineEvent<CustomVisionAnswer>) {
        var run = CustomVisionConversation.importingAgain()
        #expect(run.tell(stop) == .ask(.listTargetProjects))
        run.answer(.projects([project("late", name: workName(1))]))
        run.answer(.deleted)
        run.answer(.project(nil))
        #expect(isOutcome(of: stop, run.answer(.projects([]))))
    }

    @Test("searches on for a lost import and deletes what is found", arguments: stops)
    func searching(stop: MachineEvent<CustomVisionAnswer>) {
        var run = CustomVisionConversation.searching()
        #expect(run.tell(stop) == .poll(.listTargetProjects))
        var unseen = run
        unseen.pass(.seconds(60))
        #expect(unseen.answer(.projects([])) == .ask(.listTargetProjects))
        let end = unseen.answer(.projects([]))
        #expect(isOutcome(of: stop, end))
        #expect(end.conclusion?.leftBehind == [])
        run.answer(.projects([project("found", .importing, name: workName(1))]))
        run.answer(.project(project("found", .succeeded, name: workName(1))))
        run.answer(.deleted)
        run.answer(.project(nil))
        #expect(isOutcome(of: stop, run.answer(.projects([]))))
    }

    @Test("a search that outlasts the grace says what may still appear", arguments: stops)
    func searchingBeyondGrace(stop: MachineEvent<CustomVisionAnswer>) {
        var run = CustomVisionConversation.searching()
        run.tell(stop)
        run.pass(.seconds(600))
        let end = run.fail(.notDone(retryAfter: nil))
        #expect(isOutcome(of: stop, end))
        #expect(end.conclusion?.leftBehind == [.projectName(workName(1))])
    }

    @Test(
        "polls a running import on and deletes its project when it ends within the grace",
        arguments: stops,
        [CustomVisionProject.Status.succeeded, .failed]
    )
    func withinGrace(stop: MachineEvent<CustomVisionAnswer>, status: CustomVisionProject.Status) {
        var run = CustomVisionConversation.copying()
        #expect(run.tell(stop) == .poll(.getTargetProject(id: "project-1")))
        #expect(run.answer(.project(project("project-1", status))) == .perform(.deleteTargetProject(id: "project-1")))
        run.answer(.deleted)
        #expect(isOutcome(of: stop, run.answer(.project(nil))))
    }

    @Test("says what was left behind when the import outlasts the grace", arguments: stops)
    func beyondGrace(stop: MachineEvent<CustomVisionAnswer>) {
        var run = CustomVisionConversation.copying()
        run.tell(stop)
        run.pass(.seconds(600))
        let end = run.answer(.project(project("project-1", .importing)))
        #expect(isOutcome(of: stop, end))
        #expect(end.conclusion?.leftBehind == [.project(id: "project-1")])
        #expect(run.machine.obligations.map(\.due) == [run.now + .seconds(3600)])
    }

    @Test("a deadline lets an imported project get its name")
    func deadlineWhileFinishing() {
        var run = CustomVisionConversation.sweeping()
        #expect(run.tell(.deadlineReached) == .ask(.listTargetProjects))
        run.answer(.projects([project("late", name: workName(1))]))
        run.answer(.deleted)
        run.answer(.project(nil))
        #expect(run.answer(.projects([])).performed != nil)
        run.fail(.notDone(retryAfter: nil))
        #expect(run.tell(.deadlineReached).performed != nil)
        run.fail(.unknown)
        #expect(run.tell(.deadlineReached) == .ask(.getTargetProject(id: "project-2")))
        #expect(run.answer(.project(project("project-2"))).conclusion?.success?.targetID == "project-2")
    }

    @Test("a rename that was due when the deadline passed is sent")
    func deadlineBeforeRename() {
        var run = CustomVisionConversation.renaming()
        run.pass(.seconds(1))
        #expect(run.tell(.deadlineReached).performed != nil)
        #expect(run.answer(.renamed(project())).conclusion?.success != nil)
    }

    @Test("a project that does not get its name within the grace is left behind")
    func renameBeyondGrace() {
        var run = CustomVisionConversation.renaming()
        run.tell(.deadlineReached)
        run.pass(.seconds(595))
        #expect(run.fail(.notDone(retryAfter: .seconds(60))).wait == Wait(.seconds(5)))
        run.pass(.seconds(5))
        let end = run.tell(.elapsed)
        #expect(end.conclusion?.failure?.code == .deadlineExceeded)
        #expect(end.conclusion?.leftBehind == [.project(id: "project-1")])
    }

    @Test("a cancel deletes an imported project")
    func cancelWhileFinishing() {
        var waiting = CustomVisionConversation.renaming()
        waiting.fail(.notDone(retryAfter: nil))
        var comparing = CustomVisionConversation.renaming()
        comparing.fail(.unknown)
        for beginning in [CustomVisionConversation.verifying(), .renaming(), waiting, comparing] {
            var run = beginning
            #expect(run.tell(.cancelRequested) == .perform(.deleteTargetProject(id: "project-1")))
            run.answer(.deleted)
            #expect(run.answer(.project(nil)).conclusion == .cancelled(CopyCancellation(leftBehind: [])))
        }
        var sweeping = CustomVisionConversation.sweeping()
        #expect(sweeping.tell(.cancelRequested) == .perform(.deleteTargetProject(id: "project-2")))
    }

    @Test("a cancel while another project is swept away takes the kept one as well")
    func cancelWhileSweeping() {
        var run = CustomVisionConversation.sweeping()
        run.answer(.projects([project("late", name: workName(1))]))
        run.tell(.cancelRequested)
        #expect(run.answer(.project(nil)) == .perform(.deleteTargetProject(id: "project-2")))
    }

    @Test("deletes a failed import without counting it", arguments: stops)
    func whileWeighing(stop: MachineEvent<CustomVisionAnswer>) {
        var run = CustomVisionConversation.weighing()
        #expect(run.tell(stop) == .perform(.deleteTargetProject(id: "project-1")))
        run.answer(.deleted)
        #expect(isOutcome(of: stop, run.answer(.project(nil))))
    }

    @Test("a deadline lets an imported project be counted; what is not whole is deleted and not tried again")
    func deadlineWhileVerifying() {
        var run = CustomVisionConversation.verifying()
        #expect(run.tell(.deadlineReached) == .ask(.measureProject(id: "project-1", side: .target)))
        var whole = run
        #expect(whole.answer(.measured(counts())).performed != nil)
        run.pass(CustomVisionMachine.countsSettle)
        run.answer(.measured(counts(tags: 0)))
        #expect(run.answer(.measured(counts())) == .perform(.deleteTargetProject(id: "project-1")))
        run.answer(.deleted)
        #expect(isOutcome(of: .deadlineReached, run.answer(.project(nil))))
        var late = CustomVisionConversation.verifying()
        late.tell(.deadlineReached)
        late.pass(.seconds(600))
        #expect(late.fail(.notDone(retryAfter: nil)).conclusion?.leftBehind == [.project(id: "project-1")])
    }

    @Test("ends a run that was cleaning up before another try", arguments: stops)
    func whileCleaning(stop: MachineEvent<CustomVisionAnswer>) {
        var run = CustomVisionConversation.cleaning()
        #expect(run.tell(stop) == .ask(.getTargetProject(id: "project-1")))
        #expect(isOutcome(of: stop, run.answer(.project(nil))))
    }
}
