import Testing

@testable import CopyDomain

@Suite("A Custom Vision project copy")
struct CustomVisionFlowTests {
    @Test("inspects, reserves, counts, exports, imports under a work name, polls, counts, renames and succeeds")
    func success() {
        var run = Conversation(CustomVisionMachine(plan(.customVision3_3, targetName: "parts 2026")))
        #expect(run.machine.phase == .requested)
        #expect(run.tell(.begun) == .ask(.getSourceProject(id: "source-1")))
        #expect(run.machine.phase == .inspecting)
        #expect(run.answer(.project(project("source-1"))) == .ask(.listTargetProjects))
        #expect(run.machine.phase == .inspecting)
        let reserve = run.answer(.projects([project("another", name: "wheels")]))
        #expect(reserve == .reserve(exportOfSource + "/source-1"))
        #expect(run.machine.phase == .waiting)
        #expect(run.tell(.reserved) == .ask(.measureProject(id: "source-1", side: .source)))
        #expect(run.machine.phase == .exporting)
        #expect(run.answer(.measured(counts())) == .ask(.exportProject(id: "source-1")))
        #expect(run.machine.phase == .exporting)
        let name = workName(1, "parts 2026")
        let send = run.answer(.exported(freshExport()))
        #expect(send == .perform(.importProject(token: Secret("canary-token"), name: name)))
        #expect(run.machine.phase == .importing)
        let poll = MachineAction.poll(CustomVisionCall.getTargetProject(id: "project-1"))
        #expect(run.answer(.imported(project("project-1", .importing, name: name))) == poll)
        #expect(run.machine.targetIDs == ["project-1"])
        #expect(run.machine.phase == .copying)
        #expect(run.answer(.project(project("project-1", .importing, name: name))) == poll)
        #expect(run.machine.azureStatus == "Importing")
        let count = run.answer(.project(project("project-1", .succeeded, name: name)))
        #expect(count == .ask(.measureProject(id: "project-1", side: .target)))
        #expect(run.machine.phase == .verifying)
        let rename = run.answer(.measured(counts()))
        #expect(
            rename
                == .perform(
                    .renameTargetProject(id: "project-1", name: "parts 2026", description: "about project-1")
                )
        )
        #expect(run.machine.phase == .renaming)
        let end = run.answer(.renamed(project("project-1", name: "parts 2026")))
        #expect(
            end.conclusion
                == .succeeded(
                    CopySuccess(
                        targetID: "project-1",
                        targetName: "parts 2026",
                        verified: [
                            "project is imported",
                            "copy holds what its source holds: "
                                + "tags 3, iterations 1, tagged images 12, untagged images 2",
                            "project has its name",
                        ],
                        attempts: 1
                    )
                )
        )
        #expect(run.machine.obligations.isEmpty)
    }

    @Test("gives the copy the source's name when the request names none")
    func sourceName() {
        var run = CustomVisionConversation.verifying()
        let rename = run.answer(.measured(counts()))
        #expect(
            rename == .perform(.renameTargetProject(id: "project-1", name: "parts", description: "about project-1"))
        )
    }

    @Test("finds a source by its name in the project list")
    func sourceByName() {
        var run = CustomVisionConversation.begun(item: .name("parts"))
        #expect(run.machine.state == .inspecting(.source))
        run.answer(.projects([project("other", name: "wheels"), project("source-7")]))
        let reserve = run.answer(.projects([]))
        #expect(reserve == .reserve(exportOfSource + "/source-7"))
    }

    @Test("a source that is not there, ambiguous or not ready ends the run")
    func badSources() {
        var missing = CustomVisionConversation.begun()
        #expect(missing.answer(.project(nil)).conclusion?.failure?.code == .sourceNotFound)
        var nameless = CustomVisionConversation.begun(item: .name("parts"))
        #expect(nameless.answer(.projects([project("a", name: "x")])).conclusion?.failure?.code == .sourceNotFound)
        var ambiguous = CustomVisionConversation.begun(item: .name("parts"))
        let failure = ambiguous.answer(.projects([project("a"), project("b")])).conclusion?.failure
        #expect(failure?.code == .sourceAmbiguous)
        #expect(failure?.message.hasSuffix("a, b.") == true)
        for status in [CustomVisionProject.Status.importing, .failed] {
            var busy = CustomVisionConversation.begun()
            let code = busy.answer(.project(project("source-1", status))).conclusion?.failure?.code
            #expect(code == .sourceNotReady)
        }
        var refused = CustomVisionConversation.begun()
        #expect(refused.fail(.refused, .accessDenied, status: 401).conclusion?.failure?.code == .accessDenied)
    }

    @Test("a run that comes back while another holds the source asks for the reservation again")
    func reservationTaken() {
        var run = CustomVisionConversation.reserving()
        #expect(run.tell(.resumed) == .reserve(exportOfSource + "/source-1"))
    }

    @Test("tries a throttled export again and ends on a refused one")
    func exportFailures() {
        var run = CustomVisionConversation.exporting()
        #expect(run.fail(.notDone(retryAfter: .seconds(1)), .throttled).wait == Wait(.seconds(2), jitter: 0.5))
        #expect(run.tell(.elapsed) == .ask(.exportProject(id: "source-1")))
        let failure = run.fail(.refused, .sourceNotReady, status: 400, azureCode: "BadRequestExportWhileTraining")
        #expect(failure.conclusion?.failure?.code == .sourceNotReady)
    }

    @Test("sends a throttled import again under the same name with the same token")
    func throttledImport() {
        var run = CustomVisionConversation.importing()
        #expect(run.fail(.notDone(retryAfter: nil)).wait != nil)
        run.pass(.seconds(2))
        let send = MachineAction.perform(
            CustomVisionCall.importProject(token: Secret("canary-token"), name: workName(1))
        )
        #expect(run.tell(.elapsed) == send)
        #expect(run.machine.obligations.isEmpty)
    }

    @Test("exports again when the token ran out before the import")
    func expiredToken() {
        var run = CustomVisionConversation.importing()
        run.fail(.notDone(retryAfter: nil))
        run.pass(.seconds(24 * 3600 - 60))
        #expect(run.tell(.resumed).wait?.duration == .seconds(2))
        #expect(run.tell(.elapsed) == .ask(.measureProject(id: "source-1", side: .source)))
        #expect(run.answer(.measured(counts())) == .ask(.exportProject(id: "source-1")))
        let fresh = freshExport(expires: run.now + .seconds(3600))
        #expect(run.answer(.exported(fresh)).performed != nil)
        #expect(run.machine.record.attempts == 2)
    }

    @Test("a token that runs out before every import ends the run")
    func tokensRunOut() {
        var run = CustomVisionConversation.importing()
        for attempt in 1...3 {
            run.fail(.notDone(retryAfter: nil))
            run.pass(.seconds(24 * 3600))
            let action = run.tell(.elapsed)
            guard attempt < 3 else {
                #expect(action.conclusion?.failure?.code == .authorizationExpired)
                return
            }
            run.tell(.elapsed)
            run.answer(.measured(counts()))
            run.answer(.exported(freshExport(expires: run.now + .seconds(24 * 3600))))
        }
    }

    @Test("a token that does not say when it ends lives for a day, and so does one that has ended by its own word")
    func timelessToken() {
        for expires in [nil, noon - .seconds(3600 * 24 * 365)] {
            var run = CustomVisionConversation.exporting()
            run.answer(.exported(freshExport(expires: expires)))
            run.fail(.notDone(retryAfter: nil))
            run.pass(.seconds(23 * 3600))
            #expect(run.tell(.elapsed).performed != nil)
            run.fail(.notDone(retryAfter: nil))
            run.pass(.seconds(3600))
            #expect(run.tell(.elapsed).wait != nil)
        }
    }

    @Test("a token's life is counted from the service's date, however far this host's clock is off")
    func hostClockAhead() {
        var run = CustomVisionConversation.exporting()
        let serviceNow = run.now - .seconds(3 * 24 * 3600)
        run.answer(.exported(freshExport(expires: serviceNow + .seconds(7200))), date: serviceNow)
        run.machine.withdrawIntent()
        #expect(run.tell(.elapsed).performed != nil)
        run.fail(.notDone(retryAfter: nil))
        run.pass(.seconds(7200 - 60))
        #expect(run.tell(.elapsed).wait != nil)
    }

    @Test("a refused import ends the run, because nothing was made")
    func refusedImport() {
        var run = CustomVisionConversation.importing()
        let failure = run.fail(.refused, .targetLimitReached, status: 403).conclusion?.failure
        #expect(failure?.code == .targetLimitReached)
        #expect(failure?.leftBehind == [])
    }

    @Test("a failed import is counted, deleted and tried once more with a fresh export and another name")
    func failedImport() {
        var run = CustomVisionConversation.copying()
        let failed = project("project-1", .failed, name: workName(1))
        #expect(run.answer(.project(failed)) == .ask(.measureProject(id: "project-1", side: .target)))
        #expect(run.machine.phase == .cleaning)
        #expect(run.answer(.measured(counts(tags: 2))) == .perform(.deleteTargetProject(id: "project-1")))
        #expect(run.answer(.deleted) == .ask(.getTargetProject(id: "project-1")))
        #expect(run.answer(.project(nil)).wait?.duration == .seconds(2))
        #expect(run.tell(.elapsed) == .ask(.measureProject(id: "source-1", side: .source)))
        #expect(run.answer(.measured(counts())) == .ask(.exportProject(id: "source-1")))
        let send = run.answer(.exported(freshExport()))
        #expect(send == .perform(.importProject(token: Secret("canary-token"), name: workName(2))))
        run.answer(.imported(project("project-2", .importing)))
        run.answer(.project(project("project-2", .failed)))
        run.answer(.measured(counts(tags: 1, iterations: 0, tagged: 10, untagged: 0)))
        run.answer(.deleted)
        let failure = run.answer(.project(nil)).conclusion?.failure
        #expect(failure?.code == .importFailed)
        #expect(
            failure?.message
                == "Azure could not import the project and gives no reason. It had brought tags 1 of 3, "
                + "iterations 0 of 1, tagged images 10 of 12, untagged images 0 of 2."
        )
        #expect(failure?.attempts == 2)
        #expect(failure?.leftBehind == [])
    }

    @Test("an import that does not end in time is counted, deleted and tried once more")
    func stuckImport() {
        var run = CustomVisionConversation.copying()
        for id in ["project-1", "project-2"] {
            run.pass(.milliseconds(3_599_999))
            #expect(run.answer(.project(project(id, .importing))) == .poll(.getTargetProject(id: id)))
            run.pass(.milliseconds(1))
            let count = run.answer(.project(project(id, .importing)))
            #expect(count == .ask(.measureProject(id: id, side: .target)))
            #expect(run.answer(.measured(counts(tagged: 7))) == .perform(.deleteTargetProject(id: id)))
            run.answer(.deleted)
            if id == "project-1" {
                run.answer(.project(nil))
                run.answer(.measured(counts()))
                run.answer(.exported(freshExport()))
                run.answer(.imported(project("project-2", .importing)))
            }
        }
        let failure = run.answer(.project(nil)).conclusion?.failure
        #expect(failure?.code == .importStuck)
        #expect(failure?.message.contains("tagged images 7 of 12") == true)
    }

    @Test("takes a status it does not know for an import that goes on")
    func unknownStatus() {
        var run = CustomVisionConversation.copying()
        let action = run.answer(.project(project("project-1", .unknown("Queued"))))
        #expect(action == .poll(.getTargetProject(id: "project-1")))
        #expect(run.machine.azureStatus == "Queued")
    }

    @Test("bears a project that is not there yet, but not one that vanished")
    func vanished() {
        var run = CustomVisionConversation.copying()
        run.pass(.milliseconds(29_999))
        #expect(run.answer(.project(nil)) == .poll(.getTargetProject(id: "project-1")))
        run.pass(.milliseconds(1))
        #expect(run.answer(.project(nil)).conclusion?.failure?.code == .targetVanished)
        #expect(run.machine.obligations.map(\.subject) == [.project(id: "project-1")])
    }

    @Test("a poll that is refused for a minute takes the project away")
    func refusedPoll() {
        var run = CustomVisionConversation.copying()
        #expect(run.fail(.refused, .accessDenied, status: 401).wait != nil)
        run.pass(.seconds(60))
        let delete = run.fail(.refused, .accessDenied, status: 401)
        #expect(delete == .perform(.deleteTargetProject(id: "project-1")))
        let failure = run.fail(.refused, .accessDenied, status: 401).conclusion?.failure
        #expect(failure?.code == .accessDenied)
        #expect(failure?.leftBehind.map(\.item) == [.project(id: "project-1")])
    }

    @Test("a poll that is refused now and then is borne")
    func refusedNowAndThen() {
        var run = CustomVisionConversation.copying()
        for _ in 1...5 {
            #expect(run.fail(.refused, .accessDenied, status: 403).wait != nil)
            run.pass(.seconds(59))
            #expect(run.fail(.refused, .accessDenied, status: 403).wait != nil)
            #expect(run.answer(.project(project("project-1", .importing))) == .poll(.getTargetProject(id: "project-1")))
            run.pass(.seconds(1))
        }
    }

    @Test("a rename that is refused for want of access is tried for a minute, then the project is taken away")
    func renameWithoutAccess() {
        var run = CustomVisionConversation.renaming()
        let rename = run.fail(.refused, .accessDenied, status: 403)
        #expect(rename.wait != nil)
        #expect(run.tell(.elapsed).performed != nil)
        run.pass(.seconds(60))
        let delete = run.fail(.refused, .accessDenied, status: 403)
        #expect(delete == .perform(.deleteTargetProject(id: "project-1")))
    }

    @Test("a refused rename takes the project away")
    func refusedRename() {
        var run = CustomVisionConversation.renaming()
        let delete = run.fail(.refused, .targetNameTaken, status: 400)
        #expect(delete == .perform(.deleteTargetProject(id: "project-1")))
        run.answer(.deleted)
        #expect(run.answer(.project(nil)).conclusion?.failure?.code == .targetNameTaken)
    }

    @Test("tries a throttled rename again")
    func throttledRename() {
        var run = CustomVisionConversation.renaming()
        #expect(run.fail(.notDone(retryAfter: nil)).wait != nil)
        #expect(run.machine.phase == .renaming)
        let rename = MachineAction.perform(
            CustomVisionCall.renameTargetProject(id: "project-1", name: "parts", description: "about project-1")
        )
        #expect(run.tell(.elapsed) == rename)
    }

    @Test("answers everything with the same conclusion once it has ended")
    func afterTheEnd() {
        var run = CustomVisionConversation.renaming()
        let end = run.answer(.renamed(project()))
        let ended = run.machine
        let events: [MachineEvent<CustomVisionAnswer>] = [
            .begun, .resumed, .elapsed, .reserved, .deadlineReached, .cancelRequested,
            .answered(.deleted, serviceDate: nil), .failed(failure(.unknown)),
        ]
        for event in events {
            #expect(run.tell(event) == end)
            #expect(run.machine == ended)
        }
    }

    @Test("an answer to another call than the one that is open is our mistake, and traps")
    func misfit() async {
        await #expect(processExitsWith: .failure) {
            var machine = CustomVisionMachine(plan(.customVision3_3))
            _ = machine.receive(.begun, at: noon)
            _ = machine.receive(.answered(.deleted, serviceDate: nil), at: noon)
        }
        await #expect(processExitsWith: .failure) {
            var machine = CopyMachine(plan(.customVision3_3))
            _ = machine.receive(.answered(.formRecognizer(.targetModelDeleted), serviceDate: nil), at: noon)
        }
    }
}
