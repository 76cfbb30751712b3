import AzureEmulation
import CopyDomain
import Simulation
import Testing

@Suite("429")
struct ThrottleTests {
    /// Plays one request from west to east and one from north to south.
    private func play(_ script: Script) async throws -> Scene {
        try await VirtualTime.run { clock in
            let scene = Scene(script.with { $0.isFreeOfChance = true }, clock: clock)
            let before = Inventory(of: "east", in: scene.azure)
            let untouched = Inventory(of: "south", in: scene.azure)
            try await scene.playing {
                scene.publish(scene.request("r"))
                scene.publish(scene.request("other", source: "north", target: "south"))
                await scene.settled(results: 2)
            }
            let ending = Matrix.cell(script.subject, .throttled).ending
            try await scene.check(before: before, ending)
            try await scene.check("other", in: "south", before: untouched, ending)
            return scene
        }
    }

    @Test("of any request is waited for, and hurts nobody else", arguments: Subject.all, [1, 55])
    func each(_ subject: Subject, _ seconds: Int) async throws {
        for flow in Flow.all(of: subject) where seconds == 55 || flow == .straight {
            let calm = try await play(flow.script(subject))
            for (number, entry) in calm.log.plot.enumerated() {
                let strike = Strike(number: number, fault: .throttle, retryAfter: seconds)
                let scene = try await play(flow.script(subject).with { $0.strike = strike })
                let entries = scene.log.plot
                let refused = entries[number]
                try #require(refused.label == entry.label && refused.status == 429, "\(refused)")
                // It was answered two latencies after it was sent.
                let end = refused.sentAt + EmulatedHTTP.latency * 2 + .seconds(seconds)
                let early = entries[(number + 1)...].filter {
                    $0.resource == refused.resource && $0.sentAt < end
                        && ($0.label == refused.label || $0.hasSideEffect && refused.hasSideEffect)
                }
                #expect(early.isEmpty, "\(flow), \(refused): \(early)")
                #expect(scene.azure.authorizations.count <= calm.azure.authorizations.count, "\(flow), \(refused)")
                #expect(scene.azure.copies.count <= calm.azure.copies.count, "\(flow), \(refused)")
                #expect(timetable(of: scene) == timetable(of: calm), "\(flow), \(refused): the others are slower")
            }
        }
    }

    /// The calls of the other pair of resources.
    private func timetable(of scene: Scene) -> [CallLog.Entry] {
        scene.log.entries.filter { !$0.isBetweenWestAndEast }
    }
}
