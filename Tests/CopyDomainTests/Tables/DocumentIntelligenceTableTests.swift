import Testing

@testable import CopyDomain

@Suite("Every state of a Document Intelligence copy")
struct DocumentIntelligenceTableTests {
    @Test("answers every event as written")
    func table() {
        let table = TransitionTable(Self.states)
        #expect(table.pairs > 700)
        expect(table.text, isAsWritten: documentIntelligenceTable)
    }

    @Test("is among the representatives")
    func completeness() {
        let names = Set(Self.states.map(\.1.machine.stateName))
        #expect(names.count == 24)
        #expect(Set(Self.states.map(\.1.machine.phase)).count == 11)
    }

    @Test("names its call as an intent only until the call is withdrawn, and takes it anew")
    func withdrawing() {
        for (name, conversation) in Self.states {
            var run = conversation
            let before = run.machine
            run.machine.withdrawIntent()
            #expect(run.machine.intent == nil, "\(name)")
            guard let intent = before.intent else {
                #expect(run.machine == before, "\(name): nothing was to be withdrawn")
                continue
            }
            run.pass(.seconds(7))
            #expect(run.tell(.elapsed) == .perform(intent.call), "\(name)")
            #expect(run.machine.intent?.since == run.now, "\(name): the intent is as young as its call")
        }
    }

    private typealias Run = DocumentIntelligenceConversation

    private static func run(_ beginning: Run, _ changes: (inout Run) -> Void) -> Run {
        var run = beginning
        changes(&run)
        return run
    }

    private static let notDone = CallFate.notDone(retryAfter: nil)

    static var states: [(String, DocumentIntelligenceConversation)] {
        before + authorizing + copying + cleaning
    }

    private static var before: [(String, Run)] {
        [
            ("requested", Run(DocumentIntelligenceMachine(plan(.documentIntelligence4_0)))),
            (
                "requested, a check",
                Run(DocumentIntelligenceMachine(plan(.documentIntelligence4_0, purpose: .check)))
            ),
            ("reserving", .begun()),
            ("inspecting the source", .inspecting()),
            ("inspecting the target, fail", .inspectingTarget()),
            ("inspecting the target, skip", .inspectingTarget(.skip)),
            ("inspecting the target, replace", .inspectingTarget(.replace)),
            ("inspecting the target of a classifier", .inspectingTarget(kind: .documentClassifier)),
            ("inspecting the room", run(.inspectingTarget()) { $0.answer(.target(nil)) }),
            ("a check of the source", .begun(purpose: .check)),
            ("a check of the target, replace", run(.begun(.replace, purpose: .check)) { $0.answer(.source(nil)) }),
            (
                "a check of the room",
                run(.begun(purpose: .check)) {
                    $0.answer(.source(item("source-1")))
                    $0.answer(.target(nil))
                }
            ),
            ("replacing", .replacing()),
            ("replacing, to be deleted again", run(.replacing()) { $0.fail(notDone) }),
            ("replacing, deleted", run(.replacing()) { $0.answer(.targetDeleted) }),
            (
                "replacing, deleted, stopped",
                run(.replacing()) {
                    $0.answer(.targetDeleted)
                    $0.tell(.cancelRequested)
                }
            ),
            (
                "replacing, deleted, long",
                run(.replacing()) {
                    $0.answer(.targetDeleted)
                    $0.pass(.seconds(600))
                }
            ),
        ]
    }

    private static var authorizing: [(String, Run)] {
        [
            ("authorizable", run(.authorizing()) { $0.fail(notDone) }),
            ("authorizing", .authorizing()),
            ("authorizing, after a loss", run(.authorizing()) { $0.fail(.unknown) }),
            ("conflicting, fail", .conflicting()),
            ("conflicting, skip", .conflicting(.skip)),
            ("conflicting, replace", .conflicting(.replace)),
            ("conflicting, after a loss", .conflictingAfterLoss()),
            (
                "conflicting, after a replacement",
                run(.replacing()) {
                    $0.clean()
                    $0.fail(.refused, .targetIDTaken, status: 409)
                }
            ),
            (
                "conflicting, after a copy",
                run(.cleaning()) {
                    $0.cleanAndTryAgain()
                    $0.fail(.refused, .targetIDTaken, status: 409)
                }
            ),
            ("authorized", run(.starting()) { $0.fail(notDone) }),
            (
                "authorized, expired",
                run(.starting()) {
                    $0.fail(notDone)
                    $0.pass(.seconds(3600))
                }
            ),
            (
                "authorized, sent before, expired",
                run(.startingAgain()) {
                    $0.fail(notDone)
                    $0.pass(.seconds(3600))
                }
            ),
            ("starting", .starting()),
            ("starting again", .startingAgain()),
        ]
    }

    private static var copying: [(String, Run)] {
        [
            ("locating", .locating()),
            ("locating, long", run(.locating()) { $0.pass(.seconds(60)) }),
            (
                "locating, long, stopped",
                run(.locating()) {
                    $0.tell(.cancelRequested)
                    $0.pass(.seconds(60))
                }
            ),
            ("locating, expired", run(.locating()) { $0.pass(.seconds(3600)) }),
            (
                "locating, grace over",
                run(.locating()) {
                    $0.tell(.deadlineReached)
                    $0.pass(.seconds(600))
                }
            ),
            ("copying", .copying()),
            ("copying, long", run(.copying()) { $0.pass(.seconds(60)) }),
            ("copying again", .copyingAgain()),
            ("copying, stopped", run(.copying()) { $0.tell(.cancelRequested) }),
            (
                "copying, grace over",
                run(.copying()) {
                    $0.tell(.deadlineReached)
                    $0.pass(.seconds(600))
                }
            ),
            ("watching", .watching()),
            (
                "watching, long",
                run(.watching()) {
                    $0.answer(.target(nil))
                    $0.pass(.seconds(120))
                }
            ),
            ("watching, stopped", run(.watching()) { $0.tell(.cancelRequested) }),
            ("verifying", .verifying()),
            (
                "verifying, long",
                run(.verifying()) {
                    $0.answer(.target(nil))
                    $0.pass(.seconds(60))
                }
            ),
            ("verifying, past the deadline", run(.verifying()) { $0.tell(.deadlineReached) }),
            (
                "verifying, grace over",
                run(.verifying()) {
                    $0.tell(.deadlineReached)
                    $0.pass(.seconds(600))
                }
            ),
        ]
    }

    private static var cleaning: [(String, Run)] {
        [
            ("cleaning before another try", .cleaning()),
            ("cleaning before another try, to be deleted again", run(.cleaning()) { $0.fail(notDone) }),
            ("cleaning before another try, lost", run(.cleaning()) { $0.fail(.unknown) }),
            (
                "cleaning before another try, lost and deleted again",
                run(.cleaning()) {
                    $0.fail(.unknown)
                    $0.tell(.elapsed)
                    $0.answer(.target(nil))
                    $0.answer(.targetDeleted)
                }
            ),
            ("cleaning before another try, deleted", run(.cleaning()) { $0.answer(.targetDeleted) }),
            (
                "cleaning before another try, deleted, stopped",
                run(.cleaning()) {
                    $0.answer(.targetDeleted)
                    $0.tell(.cancelRequested)
                }
            ),
            (
                "cleaning of a reservation, deleted",
                run(.conflictingAfterLoss()) {
                    $0.answer(.target(nil))
                    $0.answer(.targetDeleted)
                }
            ),
            (
                "cleaning of a reservation for the second time, deleted",
                run(.conflictingAfterLoss()) {
                    $0.answer(.target(nil))
                    $0.clean()
                    $0.fail(.refused, .targetIDTaken, status: 409)
                    $0.answer(.target(nil))
                    $0.answer(.targetDeleted)
                }
            ),
            (
                "cleaning of a copy before the end, lost",
                run(.verifying()) {
                    $0.tell(.cancelRequested)
                    $0.fail(.unknown)
                }
            ),
            (
                "cleaning of a copy before the end, lost twice, long",
                run(.verifying()) {
                    $0.tell(.cancelRequested)
                    $0.fail(.unknown)
                    $0.answer(.target(nil))
                    $0.fail(.unknown)
                    $0.pass(.seconds(600))
                }
            ),
            (
                "cleaning of a copy before the end, deleted",
                run(.verifying()) {
                    $0.tell(.cancelRequested)
                    $0.answer(.targetDeleted)
                }
            ),
            (
                "cleaning of a copy before the end, deleted, long",
                run(.verifying()) {
                    $0.tell(.cancelRequested)
                    $0.answer(.targetDeleted)
                    $0.pass(.seconds(600))
                }
            ),
            ("ended", run(.verifying()) { $0.answer(.target(item())) }),
        ]
    }
}
