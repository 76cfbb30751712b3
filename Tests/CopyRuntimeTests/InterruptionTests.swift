import AMQP
import CopyDomain
import CopyJournal
import CopyRuntime
import Simulation
import Testing

@Suite("Interruption of a run")
struct InterruptionTests {
    @Test("a request that was cancelled before anybody knew it ends without a call", arguments: CopyKind.allCases)
    func cancelledBefore(kind: CopyKind) async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            let id = try #require(RequestID(rawValue: "r"))
            _ = try stage.journal.cancel(id)
            stage.publish(stage.request("r", kind: kind))
            try await stage.playing { _ in await stage.settled(results: 1) }
            #expect(stage.results.map(\.id) == ["r#1#cancelled"])
            #expect(!stage.witness.diary.contains { $0.hasPrefix("send") })
            #expect(stage.azure.done.isEmpty)
        }
    }

    @Test("a request that is cancelled between two workers is cleaned up by the second", arguments: CopyKind.allCases)
    func cancelledBetween(kind: CopyKind) async throws {
        for step in 1..<30 {
            try await VirtualTime.run(seed: UInt64(step)) { clock in
                let stage = Stage(clock: clock, seed: UInt64(step))
                stage.publish(stage.request("r", kind: kind))
                try await stage.playing { _ in try await clock.sleep(for: .milliseconds(200 * step)) }
                let id = try #require(RequestID(rawValue: "r"))
                _ = try stage.journal.cancel(id)
                try await stage.playing(["bert"]) { _ in await stage.settled(results: 1) }
                stage.check(["r"])
                if stage.results.map(\.id) == ["r#1#cancelled"] {
                    #expect(stage.azure.targets(of: id).isEmpty)
                } else {
                    #expect(stage.results.map(\.id) == ["r#1#succeeded"])
                }
            }
        }
    }
}
