import Testing

@testable import CopyDomain

@Suite("A Custom Vision project copy whose answer was lost")
struct CustomVisionReconcilingTests {
    private static let losses: [MachineEvent<CustomVisionAnswer>] = [.failed(failure(.unknown)), .resumed]

    // MARK: Import

    @Test("a lost import is owed, and its project is searched for by its name", arguments: losses)
    func lostImport(loss: MachineEvent<CustomVisionAnswer>) {
        var run = CustomVisionConversation.importing()
        #expect(run.tell(loss) == .poll(.listTargetProjects))
        #expect(run.machine.phase == .reconciling)
        #expect(
            run.machine.obligations == [
                Obligation(
                    resource: target,
                    subject: .projectName(workName(1)),
                    due: noon + .seconds(24 * 3600),
                    reason: "The answer to an import was lost: it may arrive as long as its token lives."
                )
            ]
        )
        #expect(run.answer(.projects([project("other")])) == .poll(.listTargetProjects))
        let adopt = run.answer(.projects([project("other"), project("found", .importing, name: workName(1))]))
        #expect(adopt == .poll(.getTargetProject(id: "found")))
        #expect(run.machine.targetIDs == ["found"])
        run.answer(.project(project("found", name: workName(1))))
        run.answer(.measured(counts()))
        run.answer(.projects([project("found", name: workName(1))]))
        let success = run.answer(.renamed(project("found"))).conclusion?.success
        #expect(success?.targetID == "found")
        #expect(success?.attempts == 1)
        #expect(success?.verified.contains("no other project of this request is there") == true)
    }

    @Test("a token without an end is owed for its usual life; one about to end, for an hour")
    func dueOfLostImport() {
        for (expires, due) in [
            (nil, noon + .seconds(24 * 3600)), (noon + .seconds(120), noon + .seconds(3600)),
        ] {
            var run = CustomVisionConversation.exporting()
            run.answer(.exported(freshExport(expires: expires)))
            run.fail(.unknown)
            #expect(run.machine.obligations.map(\.due) == [due])
        }
    }

    @Test("of several projects of one attempt the finished one is adopted, else the oldest")
    func adoption() {
        let name = workName(1)
        let old = project("old", .importing, name: name, created: noon)
        let young = project("young", .importing, name: name, created: noon + .seconds(1))
        let done = project("done", .succeeded, name: name, created: noon + .seconds(2))
        let timeless = project("timeless", .importing, name: name, created: nil)
        for (projects, adopted) in [
            ([young, old, timeless], "old"), ([old, done, young], "done"), ([timeless], "timeless"),
        ] {
            var run = CustomVisionConversation.searching()
            #expect(run.answer(.projects(projects)) == .poll(.getTargetProject(id: adopted)))
        }
    }

    @Test("an import that was not seen in time is sent again under another name with the same token")
    func unseenImport() {
        var run = CustomVisionConversation.searching()
        run.pass(.milliseconds(59_999))
        #expect(run.answer(.projects([])) == .poll(.listTargetProjects))
        run.pass(.milliseconds(1))
        let send = run.answer(.projects([]))
        #expect(send == .perform(.importProject(token: Secret("canary-token"), name: workName(2))))
    }

    @Test("with a fresh export when the token has run out meanwhile")
    func unseenImportExpired() {
        var run = CustomVisionConversation.searching()
        run.pass(.seconds(24 * 3600))
        #expect(run.answer(.projects([])).wait != nil)
        #expect(run.tell(.elapsed) == .ask(.measureProject(id: "source-1", side: .source)))
        run.answer(.measured(counts()))
        let send = run.answer(.exported(freshExport(expires: nil)))
        #expect(send == .perform(.importProject(token: Secret("canary-token"), name: workName(2))))
    }

    @Test("imports that are lost and never seen end the run after a last look")
    func unseenImports() {
        var run = CustomVisionConversation.importing()
        for attempt in 1...3 {
            run.fail(.unknown)
            run.pass(.seconds(60))
            let action = run.answer(.projects([]))
            #expect(action == .ask(.listTargetProjects) || attempt < 3)
        }
        let failure = run.answer(.projects([])).conclusion?.failure
        #expect(failure?.code == .azureUnavailable)
        #expect(failure?.attempts == 3)
        #expect(run.machine.obligations.map(\.subject) == (1...3).map { .projectName(workName($0)) })
    }

    @Test("a search that is refused for a minute ends the run and names what may appear")
    func refusedSearch() {
        var run = CustomVisionConversation.searching()
        #expect(run.fail(.refused, .accessDenied, status: 403).wait != nil)
        run.pass(.seconds(60))
        #expect(run.fail(.refused, .accessDenied, status: 403) == .ask(.listTargetProjects))
        let failure = run.fail(.refused, .accessDenied, status: 403).conclusion?.failure
        #expect(failure?.code == .accessDenied)
        #expect(failure?.leftBehind.map(\.item) == [.projectName(workName(1))])
    }

    @Test("a success nobody could read counts as lost")
    func unreadableSuccess() {
        var importing = CustomVisionConversation.importing()
        #expect(importing.fail(.refused, .unexpectedAnswer, status: 200) == .poll(.listTargetProjects))
        var renaming = CustomVisionConversation.renaming()
        #expect(
            renaming.fail(.refused, .unexpectedAnswer, status: 200) == .ask(.getTargetProject(id: "project-1"))
        )
    }

    // MARK: Sweep

    @Test("projects of lost imports are deleted before the kept one gets its name")
    func sweep() {
        var run = CustomVisionConversation.sweeping()
        #expect(run.machine.phase == .verifying)
        let late = project("late", .importing, name: workName(1))
        let twin = project("twin", .succeeded, name: workName(2))
        let kept = project("project-2", .succeeded, name: workName(2))
        #expect(
            run.answer(.projects([kept, late, twin, project("other")])) == .perform(.deleteTargetProject(id: "late"))
        )
        run.answer(.deleted)
        #expect(run.answer(.project(nil)) == .ask(.listTargetProjects))
        #expect(run.answer(.projects([kept, twin])) == .perform(.deleteTargetProject(id: "twin")))
        run.answer(.deleted)
        run.answer(.project(nil))
        let rename = run.answer(.projects([kept, project("other")]))
        #expect(
            rename == .perform(.renameTargetProject(id: "project-2", name: "parts", description: "about project-2"))
        )
        #expect(run.machine.targetIDs == ["project-2", "late", "twin"])
    }

    @Test("a project of a lost import that would not go takes the kept one's place in the failure")
    func stubbornProject() {
        var run = CustomVisionConversation.sweeping()
        run.answer(.projects([project("late", .importing, name: workName(1))]))
        let delete = run.fail(.refused, .accessDenied, status: 403)
        #expect(delete == .perform(.deleteTargetProject(id: "project-2")))
        run.answer(.deleted)
        #expect(run.answer(.project(nil)) == .ask(.listTargetProjects))
        let end = run.answer(.projects([project("late", .succeeded, name: workName(1))]))
        #expect(end.conclusion?.failure?.code == .accessDenied)
        #expect(end.conclusion?.leftBehind == [.project(id: "late")])
    }

    @Test("a sweep that is refused gives the kept project up")
    func refusedSweep() {
        var run = CustomVisionConversation.sweeping()
        #expect(run.fail(.refused, .accessDenied, status: 403).wait != nil)
        run.pass(.seconds(60))
        let delete = run.fail(.refused, .accessDenied, status: 403)
        #expect(delete == .perform(.deleteTargetProject(id: "project-2")))
        run.answer(.deleted)
        run.answer(.project(nil))
        let end = run.fail(.refused, .accessDenied, status: 403)
        #expect(end.conclusion?.leftBehind == [.projectName(workName(1))])
    }

    @Test("a run that fails later still deletes the projects of its lost imports")
    func sweepBeforeFailure() {
        var run = CustomVisionConversation.importingAgain()
        #expect(run.fail(.refused, .targetLimitReached, status: 403) == .ask(.listTargetProjects))
        #expect(run.machine.phase == .cleaning)
        let delete = run.answer(.projects([project("late", .importing, name: workName(1))]))
        #expect(delete == .perform(.deleteTargetProject(id: "late")))
        run.answer(.deleted)
        run.answer(.project(nil))
        let failure = run.answer(.projects([])).conclusion?.failure
        #expect(failure?.code == .targetLimitReached)
        #expect(failure?.leftBehind == [])
    }

    @Test("a last look that keeps failing ends with the grace")
    func failingSweep() {
        var run = CustomVisionConversation.importingAgain()
        run.fail(.refused, .targetLimitReached, status: 403)
        let start = run.now
        var action = run.fail(.notDone(retryAfter: nil))
        while let wait = action.wait {
            run.pass(wait.duration)
            run.tell(.elapsed)
            action = run.fail(.notDone(retryAfter: nil))
        }
        #expect(run.now == start + .seconds(600))
        #expect(action.conclusion?.leftBehind == [.projectName(workName(1))])
    }

    @Test("a project that keeps coming back is left behind with the grace")
    func returningProject() {
        var run = CustomVisionConversation.importingAgain()
        run.fail(.refused, .targetLimitReached, status: 403)
        let late = project("late", .importing, name: workName(1))
        run.answer(.projects([late]))
        run.answer(.deleted)
        run.answer(.project(nil))
        run.pass(.seconds(600))
        #expect(run.answer(.projects([late])).conclusion?.leftBehind == [.project(id: "late")])
    }

    // MARK: Rename and delete

    @Test("a rename that is answered with 404 is looked after: the project may be there all the same")
    func renameNotFound() {
        var run = CustomVisionConversation.renaming()
        #expect(run.fail(.refused, .targetVanished, status: 404) == .ask(.getTargetProject(id: "project-1")))
        #expect(run.answer(.project(project("project-1", name: workName(1)))).wait != nil)
        #expect(run.tell(.elapsed).performed != nil, "renamed once more")
    }

    @Test("the project's name tells whether a lost rename was done", arguments: losses)
    func lostRename(loss: MachineEvent<CustomVisionAnswer>) {
        var run = CustomVisionConversation.renaming(targetName: "parts 2026")
        #expect(run.tell(loss) == .ask(.getTargetProject(id: "project-1")))
        #expect(run.machine.phase == .reconciling)
        var renamed = run
        let success = renamed.answer(.project(project("project-1", name: "parts 2026"))).conclusion?.success
        #expect(success?.targetName == "parts 2026")
        var vanished = run
        for _ in 1...6 {
            #expect(vanished.answer(.project(nil)).wait != nil, "one 404 is no proof")
            vanished.tell(.elapsed)
        }
        #expect(vanished.answer(.project(nil)).conclusion?.failure?.code == .targetVanished)
        #expect(vanished.machine.obligations.map(\.subject) == [.project(id: "project-1")])
        var unread = run
        #expect(unread.fail(.notDone(retryAfter: nil)).wait != nil)
        #expect(unread.tell(.elapsed) == .ask(.getTargetProject(id: "project-1")))
        var refused = run
        #expect(refused.fail(.refused, .accessDenied).wait != nil)
        refused.pass(.seconds(60))
        #expect(refused.fail(.refused, .accessDenied) == .perform(.deleteTargetProject(id: "project-1")))
        #expect(run.answer(.project(project("project-1", name: workName(1, "parts 2026")))).wait != nil)
        let again = run.tell(.elapsed).performed
        #expect(again == .renameTargetProject(id: "project-1", name: "parts 2026", description: "about project-1"))
    }

    @Test("a rename that is lost again and again is tried ever slower")
    func slowRename() {
        var run = CustomVisionConversation.renaming()
        var longest: [Duration] = []
        for _ in 1...6 {
            run.fail(.unknown)
            longest.append(run.answer(.project(project("project-1", name: workName(1)))).wait?.duration ?? .zero)
            run.tell(.elapsed)
        }
        #expect(longest == [1, 2, 4, 8, 16, 30].map { .seconds($0) })
    }

    @Test("a lost delete is looked after, not repeated blindly", arguments: losses)
    func lostDelete(loss: MachineEvent<CustomVisionAnswer>) {
        var run = CustomVisionConversation.cleaning()
        #expect(run.tell(loss) == .ask(.getTargetProject(id: "project-1")))
        #expect(run.answer(.project(project("project-1", .failed))).wait != nil)
        #expect(run.tell(.elapsed) == .perform(.deleteTargetProject(id: "project-1")))
    }

    @Test("no second import while the first's project would not go")
    func stuckBeforeAnew() {
        var run = CustomVisionConversation.cleaning()
        let end = run.fail(.refused, .requestRefused, status: 409)
        #expect(end.conclusion?.failure?.code == .importFailed)
        #expect(end.conclusion?.leftBehind == [.project(id: "project-1")])
        #expect(run.machine.obligations.map(\.due) == [run.now + .seconds(3600)])
    }
}
