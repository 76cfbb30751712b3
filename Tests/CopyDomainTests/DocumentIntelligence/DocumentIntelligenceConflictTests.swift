import Testing

@testable import CopyDomain

@Suite("A Document Intelligence copy whose target id is taken")
struct DocumentIntelligenceConflictTests {
    private typealias Run = DocumentIntelligenceConversation

    private let taken = failure(.refused, .targetIDTaken, status: 409)
    private let strangers = item(documentTypes: 5, expires: noon + .seconds(99 * 24 * 3600))

    // MARK: What is shown under it

    /// Before anything was sent, and by the refusal of the authorization.
    private static func met(_ policy: ConflictPolicy) -> [Run] { [.inspectingTarget(policy), .conflicting(policy)] }

    @Test("fails, by default, and touches nothing")
    func fail() {
        for var run in Self.met(.fail) {
            let failure = run.answer(.target(strangers)).conclusion?.failure
            #expect(failure?.code == .targetIDTaken)
            #expect(failure?.leftBehind == [] && failure?.targetDeleted == false)
            #expect(run.machine.obligations == [] && run.machine.targetIDs == [])
        }
    }

    @Test("succeeds with what is there when told to skip, and says that nothing was copied")
    func skip() {
        for var run in Self.met(.skip) {
            let success = run.answer(.target(strangers)).conclusion?.success
            #expect(success?.alreadyThere == true)
            #expect(success?.attempts == 0)
            #expect(success?.expires == strangers.expires)
            #expect(run.machine.targetIDs == [])
        }
    }

    @Test("deletes what is there when told to replace, sees it gone, and only then asks for an authorization")
    func replace() {
        for var run in Self.met(.replace) {
            #expect(run.answer(.target(strangers)) == .perform(.deleteTarget))
            #expect(run.machine.phase == .replacing)
            #expect(run.answer(.targetDeleted) == .ask(.getTarget))
            #expect(run.answer(.target(nil)) == .perform(.authorizeCopy))
            #expect(run.machine.record.attempts == 1)
        }
    }

    @Test("an authorization whose answer was lost does not hold an id that somebody else's model bears")
    func lostThenTaken() {
        var run = Run.conflictingAfterLoss()
        let failure = run.answer(.target(strangers)).conclusion?.failure
        #expect(failure?.code == .targetIDTaken)
        #expect(failure?.leftBehind == [])
        #expect(run.machine.obligations == [])
    }

    // MARK: Replacing

    @Test("a replacement whose copy then fails says that the target was deleted")
    func replacedThenFailed() {
        var run = Run.replacing()
        run.clean()
        run.answer(.authorized(intelligenceGrant()))
        run.fail(.refused, .sourceNotReady, status: 400)
        let failure = run.clean().conclusion?.failure
        #expect(failure?.code == .sourceNotReady)
        #expect(failure?.targetDeleted == true)
    }

    @Test("a delete that Azure refuses ends the run with the target in its place")
    func refusedReplacement() {
        var run = Run.replacing()
        let failure = run.fail(.refused, .accessDenied, status: 403).conclusion?.failure
        #expect(failure?.code == .accessDenied)
        #expect(failure?.targetDeleted == false)
    }

    @Test("a delete that was answered counts even if nobody may look afterwards")
    func blindReplacement() {
        var run = Run.replacing()
        run.answer(.targetDeleted)
        let failure = run.fail(.refused, .accessDenied, status: 403).conclusion?.failure
        #expect(failure?.targetDeleted == true)
    }

    @Test(
        "a lost delete is looked after, and repeated only when the target is still there",
        arguments: [MachineEvent<DocumentIntelligenceAnswer>.failed(failure(.unknown)), .resumed]
    )
    func lostReplacement(loss: MachineEvent<DocumentIntelligenceAnswer>) {
        var run = Run.replacing()
        #expect(run.tell(loss) == .ask(.getTarget))
        var gone = run
        #expect(gone.answer(.target(nil)) == .perform(.authorizeCopy))
        #expect(gone.machine.record.targetDeleted)
        #expect(run.answer(.target(strangers)).wait != nil)
        #expect(run.tell(.elapsed) == .perform(.deleteTarget))
        #expect(run.clean().wait == Wait(.seconds(60)), "the first may still come")
        #expect(run.settle() == .perform(.authorizeCopy))
    }

    @Test("a target that would not go ends the run after the grace")
    func stubbornTarget() {
        var run = Run.replacing()
        run.answer(.targetDeleted)
        run.pass(.seconds(600))
        let failure = run.answer(.target(strangers)).conclusion?.failure
        #expect(failure?.code == .targetIDTaken)
        #expect(failure?.targetDeleted == false)
    }

    @Test("an id that others take again each time it was freed is given up after five refusals")
    func contested() {
        var run = Run.conflicting(.replace)
        for _ in 1...5 {
            #expect(run.answer(.target(strangers)) == .perform(.deleteTarget))
            #expect(run.clean() == .perform(.authorizeCopy))
            #expect(run.tell(.failed(taken)) == .ask(.getTarget))
        }
        let failure = run.answer(.target(strangers)).conclusion?.failure
        #expect(failure?.code == .targetIDTaken)
    }

    @Test("a replaced target may take a moment to free its id")
    func slowlyFreed() {
        var run = Run.replacing()
        run.clean()
        run.tell(.failed(taken))
        var waits: [Duration] = []
        while let wait = run.answer(.target(nil)).wait {
            waits.append(wait.duration)
            #expect(run.tell(.elapsed) == .perform(.authorizeCopy))
            run.tell(.failed(taken))
        }
        #expect(waits == [1, 2, 4, 8, 16].map { .seconds($0) })
        guard case .ended(.failed(let failure)) = run.machine.state else {
            Issue.record("the run goes on")
            return
        }
        #expect(failure.code == .targetReserved)
        #expect(failure.targetDeleted)
        #expect(failure.leftBehind == [], "no authorization of this run holds the id")
    }

    // MARK: Nothing is shown under it

    @Test("an id that another's authorization holds is left alone", arguments: ConflictPolicy.allCases)
    func anothersReservation(policy: ConflictPolicy) {
        var run = Run.conflicting(policy)
        let failure = run.answer(.target(nil)).conclusion?.failure
        #expect(failure?.code == .targetReserved)
        #expect(failure?.leftBehind == [])
        #expect(run.machine.obligations == [])
    }

    @Test("the reservation of an authorization whose answer was lost is deleted, and another is asked for")
    func ownReservation() {
        var run = Run.conflictingAfterLoss()
        #expect(run.answer(.target(nil)) == .perform(.deleteTarget))
        #expect(run.clean() == .perform(.authorizeCopy))
        #expect(run.machine.record.attempts == 1, "no copy was begun before")
        #expect(run.answer(.authorized(intelligenceGrant())) == .perform(.startCopy(intelligenceGrant())))
        #expect(!run.machine.hasOpenAuthorization)
    }

    @Test("a reservation that does not go by being deleted is named in the end, after pauses")
    func stubbornReservation() {
        var run = Run.conflictingAfterLoss()
        var deletes = 0
        var waits = 0
        while run.answer(.target(nil)).performed == .deleteTarget {
            deletes += 1
            if run.clean().wait != nil {
                waits += 1
                #expect(run.tell(.elapsed) == .perform(.authorizeCopy))
            }
            run.tell(.failed(taken))
        }
        #expect(deletes == 5 && waits == 4)
        guard case .ended(.failed(let failure)) = run.machine.state else {
            Issue.record("the run goes on")
            return
        }
        #expect(failure.code == .targetReserved)
        #expect(failure.leftBehind.map(\.item) == [.reservation(id: "target-1")])
        #expect(run.machine.obligations.map(\.due) == [run.now + .seconds(3600)])
    }

    @Test("a reservation that Azure refuses to delete is left as one: a model seen later under the id is another's")
    func undeletableReservation() {
        var lost = Run.conflictingAfterLoss()
        lost.answer(.target(nil))
        for beginning in [lost, Run.cleaning()] {
            var run = beginning
            let failure = run.fail(.refused, .accessDenied, status: 403).conclusion?.failure
            #expect(failure?.leftBehind.map(\.item) == [.reservation(id: "target-1")])
            #expect(run.machine.obligations.map(\.subject) == [.reservation(id: "target-1")])
            #expect(run.machine.obligations.map(\.due) == [run.now + .seconds(3600)])
        }
    }

    // MARK: After a copy of this run

    @Test("what is seen under the id after a failed copy was deleted is another's")
    func anothersAfterCopy() {
        var run = Run.cleaning()
        run.cleanAndTryAgain()
        run.tell(.failed(taken))
        let failure = run.answer(.target(item())).conclusion?.failure
        #expect(failure?.code == .targetIDTaken)
        #expect(run.machine.obligations == [])
    }

    @Test("a reservation that outlives the delete of a failed copy is waited for, not deleted again")
    func ownLeftover() {
        var run = Run.cleaning()
        run.cleanAndTryAgain()
        run.tell(.failed(taken))
        #expect(run.answer(.target(nil)).wait != nil)
        #expect(run.tell(.elapsed) == .perform(.authorizeCopy))
        run.tell(.failed(taken))
        let end = run.tell(.cancelRequested)
        #expect(end.conclusion?.leftBehind == [.reservation(id: "target-1")])
    }

    @Test("nobody knows who has the id when Azure will not show it")
    func unshown() {
        var run = Run.conflictingAfterLoss()
        #expect(run.fail(.notDone(retryAfter: nil)).wait != nil)
        #expect(run.tell(.elapsed) == .ask(.getTarget))
        let failure = run.fail(.refused, .accessDenied, status: 403).conclusion?.failure
        #expect(failure?.code == .accessDenied)
        #expect(failure?.leftBehind.map(\.item) == [.reservation(id: "target-1")])
    }
}
