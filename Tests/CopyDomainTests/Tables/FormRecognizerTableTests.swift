import Testing

@testable import CopyDomain

@Suite("Every state of a Form Recognizer v2 copy")
struct FormRecognizerTableTests {
    @Test("answers every event as written")
    func table() {
        let table = TransitionTable(Self.states)
        #expect(table.pairs > 300)
        expect(table.text, isAsWritten: formRecognizerTable)
    }

    @Test("is among the representatives")
    func completeness() {
        let names = Set(Self.states.map(\.1.machine.stateName))
        #expect(names.count == 16)
        #expect(Set(Self.states.map(\.1.machine.phase)).count == 9)
    }

    private typealias Run = FormRecognizerConversation

    private static func run(_ beginning: Run, _ changes: (inout Run) -> Void) -> Run {
        var run = beginning
        changes(&run)
        return run
    }

    static var states: [(String, FormRecognizerConversation)] {
        [
            ("requested", Run(FormRecognizerMachine(plan()))),
            ("inspecting the source", .inspecting()),
            ("inspecting the source, check", .inspecting(purpose: .check)),
            ("inspecting the room", run(.inspecting()) { $0.answer(.sourceModel(model("source-1"))) }),
            (
                "inspecting the room, check",
                run(.inspecting(purpose: .check)) { $0.answer(.sourceModel(model("source-1"))) }
            ),
            (
                "inspecting the room, check with a problem",
                run(.inspecting(purpose: .check)) { $0.answer(.sourceModel(nil)) }
            ),
            ("authorizable", run(.begun()) { $0.fail(.notDone(retryAfter: nil)) }),
            ("authorizing", .begun()),
            ("tracing", run(.begun()) { $0.fail(.unknown) }),
            (
                "tracing, stopped",
                run(.begun()) {
                    $0.fail(.unknown)
                    $0.tell(.cancelRequested)
                }
            ),
            ("authorized", run(.starting()) { $0.fail(.notDone(retryAfter: nil)) }),
            (
                "authorized, expired",
                run(.starting()) {
                    $0.fail(.notDone(retryAfter: nil))
                    $0.pass(.seconds(24 * 3600))
                }
            ),
            ("starting", .starting()),
            ("copying", .copying()),
            ("copying, long", run(.copying()) { $0.pass(.seconds(60)) }),
            ("copying, stopped", run(.copying()) { $0.tell(.cancelRequested) }),
            (
                "copying, grace over",
                run(.copying()) {
                    $0.tell(.deadlineReached)
                    $0.pass(.seconds(600))
                }
            ),
            ("watching", .watching()),
            ("watching, long", run(.watching()) { $0.pass(.seconds(120)) }),
            ("watching, stopped", run(.watching()) { $0.tell(.deadlineReached) }),
            (
                "watching another target",
                run(.watching()) {
                    $0.tryAgain()
                    $0.answer(.authorized(grant("target-2")))
                    $0.fail(.unknown)
                }
            ),
            ("verifying", .verifying()),
            ("verifying another target", run(.copyingAgain()) { $0.answer(.copyResult(result(.succeeded))) }),
            (
                "verifying, long",
                run(.verifying()) {
                    $0.answer(.targetModel(nil))
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
            ("checking", .checking()),
            (
                "checking, grace over",
                run(.checking()) {
                    $0.tell(.deadlineReached)
                    $0.pass(.seconds(600))
                }
            ),
            ("cleaning before another try", run(.copying()) { $0.answer(.copyResult(result(.failed))) }),
            (
                "cleaning before another try, to be deleted again",
                run(.copying()) {
                    $0.answer(.copyResult(result(.failed)))
                    $0.fail(.notDone(retryAfter: nil))
                }
            ),
            (
                "cleaning before another try, looking",
                run(.copying()) {
                    $0.answer(.copyResult(result(.failed)))
                    $0.answer(.targetModelDeleted)
                }
            ),
            (
                "cleaning before another try, looking, stopped",
                run(.copying()) {
                    $0.answer(.copyResult(result(.failed)))
                    $0.answer(.targetModelDeleted)
                    $0.tell(.cancelRequested)
                }
            ),
            (
                "cleaning before the end, looking",
                run(.starting()) {
                    $0.fail(.refused, .sourceNotFound, status: 404)
                    $0.answer(.targetModelDeleted)
                }
            ),
            (
                "cleaning before checking on, looking",
                run(.checking()) {
                    $0.answer(.targetModel(model("target-1")))
                    $0.answer(.targetModelDeleted)
                }
            ),
            ("ended", run(.verifying()) { $0.answer(.targetModel(model())) }),
        ]
    }
}
