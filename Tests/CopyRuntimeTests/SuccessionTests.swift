import AMQP
import CopyDomain
import CopyJournal
import CopyRuntime
import Simulation
import Testing

@Suite("One worker after another")
struct SuccessionTests {
    @Test("a checkpoint of a newer version goes round until a worker comes that reads it")
    func rollingUpgrade() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, copyTime: .seconds(20))
            let id = try #require(RequestID(rawValue: "r"))
            try await stage.inActs {
                try await stage.act { _ in
                    stage.publish(stage.request("r"))
                    await stage.wait("the copy runs") { _ in stage.witness.diary.contains("permit result") }
                }
                stage.journal.restamp(id, format: Checkpoint.currentFormat + 1)
                try await stage.act(["old"]) { _ in
                    await stage.wait("it waits for another") { broker in
                        !broker.ready(in: stage.settings.names.retry).isEmpty
                    }
                    try await clock.sleep(for: .seconds(60))
                    #expect(stage.results.isEmpty)
                    #expect(try stage.journal.find(id)?.owner == nil)
                    let hops = stage.broker.record.accepted.filter { $0.routingKey == stage.settings.names.retry }
                    #expect(hops.allSatisfy { $0.message.headers["x-copy-attempts"] == nil })
                }
                stage.journal.restamp(id, format: Checkpoint.currentFormat)
                try await stage.act(["new"]) { _ in await stage.settled(results: 1) }
            }
            stage.check(["r"])
            #expect(stage.azure.done == ["r: authorize", "r: copy"])
        }
    }

    @Test(
        "a worker that was cut off from the journal until another took over does nothing more and has no outcome",
        arguments: CopyKind.allCases
    )
    func overtaken(kind: CopyKind) async throws {
        for step in 0..<40 {
            try await VirtualTime.run(seed: UInt64(step)) { clock in
                let stage = Stage(clock: clock, seed: UInt64(step), copyTime: .seconds(2))
                let isCutOff = Shared(false)
                let frozen = stage.worker("anna", isCutOff: isCutOff)
                let other = stage.worker("bert")
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await stage.broker.runTimers() }
                    group.addTask { await stage.live(frozen, "anna") }
                    stage.publish(stage.request("r", kind: kind))
                    try? await clock.sleep(for: .milliseconds(step * 100))
                    isCutOff.withLock { $0 = true }
                    group.addTask { await stage.live(other, "bert") }
                    // The broker thinks that it is gone, and one of the two gets each of these.
                    for _ in 0..<6 {
                        try? await clock.sleep(for: .seconds(5))
                        stage.publish(stage.request("r", kind: kind), to: stage.settings.names.resume)
                    }
                    try? await clock.sleep(for: .seconds(30))
                    isCutOff.withLock { $0 = false }
                    await stage.settled(results: 1)
                    await frozen.drain()
                    await other.drain()
                    await group.next()
                    await group.next()
                    group.cancelAll()
                }
                stage.check(["r"])
            }
        }
    }
}
