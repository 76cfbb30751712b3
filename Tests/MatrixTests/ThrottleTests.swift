import AMQPDoubles
import AzureEmulation
import CopyDomain
import Testing
import WorkerSupport

@Suite("429")
struct ThrottleTests {
    /// Plays one request from west to east and one from north to south.
    private func play(_ script: Script) async throws -> Scene {
        try await VirtualTime.run { clock in
            let scene = Scene(script.with { $0.isFreeOfChance = true }, clock: clock)
            let before = try await Inventory(of: "east", in: scene.azure)
            let untouched = try await Inventory(of: "south", in: scene.azure)
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

    private struct Place: Hashable {
        let resource: String
        let call: String
    }

    /// The emulator's names of all calls of a flow, where they go, in the order of the alphabet.
    private func calls(of scene: Scene) -> [Place] {
        scene.azure.calls.filter { ["west", "east"].contains($0.key) }
            .flatMap { resource, calls in calls.keys.map { Place(resource: resource, call: $0) } }
            .sorted { ($0.resource, $0.call) < ($1.resource, $1.call) }
    }

    @Test("of any call is waited for, and hurts nobody else", arguments: Subject.all, [1, 55])
    func each(_ subject: Subject, _ seconds: Int) async throws {
        for flow in Flow.all(of: subject) where flow != .anew {
            let calm = try await play(flow.script(subject))
            let places = calls(of: calm)
            #expect(places.count >= 5)
            for place in places {
                var script = flow.script(subject)
                script.faults.append(
                    FaultRule(.throttle, resource: place.resource, call: place.call, retryAfter: seconds, count: 1)
                )
                let scene = try await play(script)
                let entries = scene.log.entries
                let refused = try #require(entries.first { $0.status == 429 }, "\(place)")
                // It was answered two latencies after it was sent.
                let end = refused.sentAt + EmulatedHTTP.latency * 2 + .seconds(seconds)
                let early = entries.filter {
                    $0.resource == refused.resource && $0.sentAt > refused.sentAt && $0.sentAt < end
                        && ($0.label == refused.label || $0.hasSideEffect && refused.hasSideEffect)
                }
                #expect(early.isEmpty, "\(place): \(early)")
                #expect(scene.azure.authorizations.count == calm.azure.authorizations.count, "\(place)")
                #expect(scene.azure.copies.count == calm.azure.copies.count, "\(place)")
                #expect(timetable(of: scene) == timetable(of: calm), "\(place): the other resources were slowed down")
            }
        }
    }

    /// The calls of the other pair of resources.
    private func timetable(of scene: Scene) -> [CallLog.Entry] {
        scene.log.entries.filter { ["north", "south"].contains($0.resource) }
    }
}
