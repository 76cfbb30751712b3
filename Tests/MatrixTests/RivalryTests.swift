import AzureEmulation
import CopyDomain
import Simulation
import Testing

@Suite("Two requests at once")
struct RivalryTests {
    private static let choosing = Subject.all(of: .documentIntelligence)

    @Test(
        "for one target id: the second waits, then its onConflict decides",
        arguments: choosing,
        ConflictPolicy.allCases
    )
    func oneTarget(_ subject: Subject, _ policy: ConflictPolicy) async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(Script(subject), clock: clock)
            try await scene.playing {
                scene.publish(scene.request("first"))
                await scene.wait("the first copies") { scene.witness.phases.contains(.copying) }
                scene.publish(scene.request("second", onConflict: policy))
                await scene.settled(results: 2)
            }
            let first = try #require(scene.outcomes(of: "first").first)
            let second = try #require(scene.outcomes(of: "second").first)
            #expect(first.ending == .copied)
            let expected: Cell.Ending =
                switch policy {
                case .fail: .failed(.targetIDTaken)
                case .skip: .alreadyThere
                case .replace: .copied
                }
            #expect(second.ending == expected, "\(second.text)")
            #expect(scene.azure.finishedTargets.count == (policy == .replace ? 2 : 1))
            #expect(Inventory(of: "east", in: scene.azure).ids == [Scene.chosenID])
            // It came on to Azure only when the first was done.
            let copies = scene.azure.copies
            #expect(copies.allSatisfy { $0.status == .succeeded })
            #expect(scene.azure.authorizations.allSatisfy { $0.uses == 1 })
            #expect(scene.witness.violations.isEmpty)
        }
    }

    @Test("of one Custom Vision project: one export at a time", arguments: Subject.all(of: .customVision))
    func oneSource(_ subject: Subject) async throws {
        try await VirtualTime.run { clock in
            let scene = Scene(Script(subject), clock: clock)
            let before = Inventory(of: "east", in: scene.azure)
            try await scene.playing {
                scene.publish(scene.request("first"))
                scene.publish(scene.request("second"))
                await scene.settled(results: 2)
            }
            for id in ["first", "second"] {
                #expect(scene.outcomes(of: id).map(\.ending) == [.copied])
            }
            #expect(Inventory(of: "east", in: scene.azure).added(to: before).count == 2)
            let exports = scene.log.entries.filter { $0.label.hasSuffix("/export") }
            let copies = scene.azure.copies
            try #require(exports.count == 2 && copies.count == 2)
            let firstEnd = try #require(copies[0].endedAt)
            let secondExport = Moment(nanoseconds: (Scene.noon + exports[1].sentAt).milliseconds * 1_000_000)
            #expect(secondExport > firstEnd)
            #expect(scene.witness.violations.isEmpty)
        }
    }

    @Test("replace whose copy then fails says that what was there is gone", arguments: choosing)
    func replacingInVain(_ subject: Subject) async throws {
        try await VirtualTime.run { clock in
            var script = Flow.replacing.script(subject)
            script.faults = [subject.failure]
            let scene = Scene(script, clock: clock)
            let before = Inventory(of: "east", in: scene.azure)
            _ = await scene.playRequest()
            try await scene.check(before: before, .failed(.copyFailed))
            #expect(scene.outcomes.first?.targetDeleted == true)
            #expect(Inventory(of: "east", in: scene.azure).items.isEmpty)
        }
    }
}
