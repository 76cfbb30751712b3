import AMQP
import CopyDomain
import CopyRuntime
import Simulation
import Testing

@Suite("Death of a worker")
struct DeathTests {
    /// Plays one request on a worker that dies at the given moment, and on another that comes later.
    /// - Returns: how many moments the first one had.
    private func play(
        _ kind: CopyKind,
        last: Int?,
        seed: UInt64,
        faults: @escaping @Sendable (CopyCall, RequestID) -> TinyAzure.Fault? = { _, _ in nil }
    ) async throws -> Int {
        try await VirtualTime.run(seed: seed) { clock in
            let stage = Stage(clock: clock, seed: seed, copyTime: .seconds(2), faults: faults)
            let life = Life(last: last)
            let first = stage.worker("anna", life: life)
            let second = stage.worker("bert")
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await stage.broker.runTimers() }
                group.addTask { await stage.live(first, "anna", life) }
                stage.publish(stage.request("r", kind: kind))
                await stage.wait("the first worker ends it or dies") { _ in
                    life.isOver || stage.isAllSettled && !stage.results.isEmpty
                }
                group.addTask { await stage.live(second, "bert") }
                await stage.settled(results: 1)
                await second.drain()
                if last == nil { await first.drain() } else { life.end() }
                await group.next()
                await group.next()
                group.cancelAll()
            }
            stage.check(["r"])
            let copies = stage.azure.done.count { $0 == "r: copy" || $0 == "r: import" }
            #expect(copies <= 2)
            return life.moments
        }
    }

    @Test(
        "at every moment of a run: another worker ends it, with one outcome and one target",
        arguments: CopyKind.allCases
    )
    func everyMoment(kind: CopyKind) async throws {
        let moments = try await play(kind, last: nil, seed: 1)
        #expect(moments > 30)
        for last in 1...moments {
            _ = try await play(kind, last: last, seed: 1)
        }
    }

    @Test(
        "at every moment, while the answer to each call with a side effect is lost once",
        arguments: CopyKind.allCases
    )
    func everyMomentWithLosses(kind: CopyKind) async throws {
        for last in stride(from: 1, through: 90, by: 3) {
            let lost = Shared<Set<String>>([])
            _ = try await play(kind, last: last, seed: UInt64(last)) { call, _ in
                guard call.hasSideEffect else { return nil }
                return lost.withLock { $0.insert(call.name).inserted } ? .lostAfter : nil
            }
        }
    }
}

extension Stage {
    var isAllSettled: Bool { settings.names.isAllSettled(on: broker) }
}
