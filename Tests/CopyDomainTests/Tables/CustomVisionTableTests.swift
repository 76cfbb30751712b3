import Testing

@testable import CopyDomain

@Suite("Every state of a Custom Vision project copy")
struct CustomVisionTableTests {
    @Test("answers every event as written")
    func table() {
        let table = TransitionTable(Self.states)
        #expect(table.pairs > 300)
        expect(table.text, isAsWritten: customVisionTable)
    }

    @Test("is among the representatives")
    func completeness() {
        let names = Set(Self.states.map(\.1.machine.stateName))
        #expect(names.count == 23)
        #expect(Set(Self.states.map(\.1.machine.phase)).count == 11)
    }

    private typealias Run = CustomVisionConversation

    private static func run(_ beginning: Run, _ changes: (inout Run) -> Void) -> Run {
        var run = beginning
        changes(&run)
        return run
    }

    private static func failing(_ run: inout Run) {
        for _ in 1...6 {
            run.fail(.notDone(retryAfter: nil))
            run.tell(.elapsed)
        }
    }

    static var states: [(String, CustomVisionConversation)] {
        [
            ("requested", Run(CustomVisionMachine(plan(.customVision3_3)))),
            ("inspecting by id", .begun()),
            ("inspecting by name", .begun(item: .name("parts"))),
            ("inspecting the target", run(.begun()) { $0.answer(.project(project("source-1"))) }),
            (
                "inspecting the target, check",
                run(.begun(purpose: .check)) { $0.answer(.project(project("source-1"))) }
            ),
            (
                "inspecting the target, check with a problem",
                run(.begun(purpose: .check)) { $0.answer(.project(nil)) }
            ),
            (
                "inspecting the content, check",
                run(.begun(purpose: .check)) {
                    $0.answer(.project(project("source-1")))
                    $0.answer(.projects([]))
                }
            ),
            ("reserving", .reserving()),
            ("measuring", .measuring()),
            ("measuring, too often", run(.measuring(), failing)),
            ("exporting", .exporting()),
            ("exported", run(.importing()) { $0.fail(.notDone(retryAfter: nil)) }),
            (
                "exported, expired",
                run(.importing()) {
                    $0.fail(.notDone(retryAfter: nil))
                    $0.pass(.seconds(24 * 3600))
                }
            ),
            (
                "measuring again",
                run(.searching()) {
                    $0.pass(.seconds(24 * 3600))
                    $0.answer(.projects([]))
                }
            ),
            ("exporting again", .exportingAgain()),
            ("exported again", run(.importingAgain()) { $0.fail(.notDone(retryAfter: nil)) }),
            ("importing", .importing()),
            ("importing again", .importingAgain()),
            ("searching", .searching()),
            ("searching, long", run(.searching()) { $0.pass(.seconds(60)) }),
            ("searching, token expired", run(.searching()) { $0.pass(.seconds(24 * 3600)) }),
            ("searching, stopped", run(.searching()) { $0.tell(.cancelRequested) }),
            (
                "searching, grace over",
                run(.searching()) {
                    $0.tell(.cancelRequested)
                    $0.pass(.seconds(600))
                }
            ),
            ("copying", .copying()),
            ("copying again", run(.importingAgain()) { $0.answer(.imported(project("project-2", .importing))) }),
            (
                "copying again, late",
                run(.importingAgain()) {
                    $0.answer(.imported(project("project-2", .importing)))
                    $0.pass(.seconds(60))
                }
            ),
            ("copying, too long", run(.copying()) { $0.pass(.seconds(3600)) }),
            ("copying, stopped", run(.copying()) { $0.tell(.cancelRequested) }),
            (
                "copying, grace over",
                run(.copying()) {
                    $0.tell(.deadlineReached)
                    $0.pass(.seconds(600))
                }
            ),
            (
                "copying, not to be verified",
                run(.measuring()) {
                    $0.fail(.refused, .accessDenied, status: 403)
                    $0.answer(.exported(freshExport()))
                    $0.answer(.imported(project("project-1", .importing)))
                }
            ),
            ("weighing", .weighing()),
            ("weighing, too often", run(.weighing(), failing)),
            ("verifying", .verifying()),
            ("verifying, too often", run(.verifying(), failing)),
            ("verifying, past the deadline", run(.verifying()) { $0.tell(.deadlineReached) }),
            (
                "verifying, grace over",
                run(.verifying()) {
                    $0.tell(.deadlineReached)
                    $0.pass(.seconds(600))
                }
            ),
            ("verifying what differs", run(.verifying()) { $0.answer(.measured(counts(tags: 2, tagged: 5))) }),
            (
                "verifying what differs for long",
                run(.verifying()) {
                    $0.pass(.seconds(30))
                    $0.answer(.measured(counts(tags: 2, tagged: 5)))
                }
            ),
            (
                "verifying after a lost import",
                run(.importingAgain()) {
                    $0.answer(.imported(project("project-2", .importing)))
                    $0.answer(.project(project("project-2", .succeeded, name: workName(2))))
                }
            ),
            ("sweeping before renaming", .sweeping()),
            ("sweeping before renaming, past the deadline", run(.sweeping()) { $0.tell(.deadlineReached) }),
            ("sweeping before the end", run(.importingAgain()) { $0.fail(.refused, .targetLimitReached) }),
            ("renamable", run(.renaming()) { $0.fail(.notDone(retryAfter: nil)) }),
            (
                "renamable, grace over",
                run(.renaming()) {
                    $0.tell(.deadlineReached)
                    $0.fail(.notDone(retryAfter: nil))
                    $0.pass(.seconds(600))
                }
            ),
            ("renaming", .renaming()),
            ("comparing", run(.renaming()) { $0.fail(.unknown) }),
            (
                "comparing after a lost import",
                run(.sweeping()) {
                    $0.answer(.projects([]))
                    $0.fail(.unknown)
                }
            ),
            (
                "comparing after a lost import, not shown too often",
                run(.sweeping()) {
                    $0.answer(.projects([]))
                    $0.fail(.unknown)
                    for _ in 1...6 {
                        $0.answer(.project(nil))
                        $0.tell(.elapsed)
                    }
                }
            ),
            (
                "comparing, grace over",
                run(.renaming()) {
                    $0.fail(.unknown)
                    $0.tell(.deadlineReached)
                    $0.pass(.seconds(600))
                }
            ),
            (
                "sweeping before renaming, grace over",
                run(.sweeping()) {
                    $0.tell(.deadlineReached)
                    $0.pass(.seconds(600))
                }
            ),
            ("cleaning before another try", .cleaning()),
            (
                "cleaning before another try, to be deleted again",
                run(.cleaning()) { $0.fail(.notDone(retryAfter: nil)) }
            ),
            (
                "cleaning before another try, looking",
                run(.cleaning()) { $0.answer(.deleted) }
            ),
            (
                "cleaning before the end, looking",
                run(.renaming()) {
                    $0.fail(.refused, .targetNameTaken, status: 400)
                    $0.answer(.deleted)
                }
            ),
            (
                "cleaning before sweeping on, looking",
                run(.sweeping()) {
                    $0.answer(.projects([project("late", name: workName(1))]))
                    $0.answer(.deleted)
                }
            ),
            ("ended", run(.renaming()) { $0.answer(.renamed(project())) }),
        ]
    }
}
