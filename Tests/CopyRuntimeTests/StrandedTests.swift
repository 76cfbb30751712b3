import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import CopyRuntime
import Simulation
import Testing

@Suite("A request whose message is lost")
struct StrandedTests {
    private static let day = "2026-11-22T12:00:00Z"

    /// Runs a worker until `moment` comes, then kills it.
    private func killing(_ stage: Stage, when moment: @Sendable (SimulatedBroker) -> Bool) async {
        let life = Life()
        let dying = stage.worker("dying", life: life)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await stage.live(dying, "dying", life) }
            await stage.wait("its moment has come", until: moment)
            life.end()
            await group.waitForAll()
        }
    }

    @Test("goes on when its queues were deleted and its worker was killed", arguments: CopyKind.allCases)
    func queueDeleted(kind: CopyKind) async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, copyTime: .seconds(60))
            let names = stage.settings.names
            try await stage.inActs {
                stage.publish(stage.request("r", kind: kind, deadline: Self.day)) { message in
                    message.correlationID = "the asker's"
                    message.headers["traceparent"] = .string(
                        "00-\(String(repeating: "a", count: 32))-1234567890abcdef-01"
                    )
                }
                await killing(stage) { broker in
                    guard stage.azure.done.contains(where: { $0 == "r: copy" || $0 == "r: import" }) else {
                        return false
                    }
                    for queue in [names.requests, names.resume] { broker.delete(queue: queue) }
                    return true
                }
                stage.broker.declare(names.topology(.declare))
                try await stage.act(["anna", "bert"]) { _ in await stage.settled(results: 1) }
            }
            stage.check(["r"])
            #expect(stage.azure.done.count { $0 == "r: copy" || $0 == "r: import" } == 1)
            let sent = stage.rebuilt
            #expect(sent.count == 1)
            let message = try #require(sent.first)
            #expect(message.correlationID == "the asker's")
            #expect(message.headers["traceparent"]?.text?.hasPrefix("00-aaaa") == true)
            #expect(message.headers[CarriedHeader.journal]?.text == "memory")
            #expect(stage.broker.ready(in: "results").first?.correlationID == "the asker's")
            // The asker's own message, which turns up again, is the same request.
            stage.publish(stage.request("r", kind: kind))
            try await stage.inActs {
                try await stage.act { _ in await stage.settled(results: 2) }
            }
            stage.check(["r"])
        }
    }

    @Test("ends at its deadline although what it waited in was purged")
    func retryPurged() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, copyTime: .seconds(2 * 3600))
            try await stage.playing { workers in
                stage.publish(stage.request("r", deadline: "2026-11-21T12:30:00Z"))
                await stage.wait("it is handed back") { broker in
                    broker.record.accepted.contains { $0.routingKey == stage.settings.names.resume }
                }
                await workers["anna"]?.drain()
            }
            for queue in stage.settings.names.worked { _ = stage.broker.drain(queue) }
            try await stage.playing(["bert"]) { _ in await stage.settled(results: 1) }
            #expect(stage.outcomes(of: "r").first?.id.hasSuffix("#failed") == true)
            #expect(stage.rebuilt.count == 1)
        }
    }

    @Test("has its outcome published when it ended and nobody was told")
    func unpublished() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            let id = try #require(RequestID(rawValue: "r"))
            try await stage.inActs {
                stage.publish(stage.request("r"))
                stage.broker.forbid(exchange: stage.settings.names.results)
                await killing(stage) { _ in stage.witness.diary.contains("finish") }
                stage.broker.forbid(exchange: stage.settings.names.results, false)
                for queue in stage.settings.names.worked { _ = stage.broker.drain(queue) }
                #expect(try stage.journal.find(id)?.outcome != nil)
                try await stage.act(["bert"]) { _ in await stage.settled(results: 1) }
            }
            stage.check(["r"])
            #expect(try stage.journal.find(id)?.published == true)
        }
    }

    @Test("a pool that was stopped for an hour, and one that is slow to catch up, find all messages where they were")
    func stopped() async throws {
        try await VirtualTime.run { clock in
            var stage = Stage(clock: clock, copyTime: .seconds(300))
            stage.settings.slots = 5
            let few = stage
            let ids = (0..<60).map { "r-\($0)" }
            try await few.inActs {
                var many = few
                many.settings.slots = 100
                let crowd = many
                for id in ids { crowd.publish(crowd.request(id, deadline: Self.day)) }
                await killing(crowd) { _ in crowd.azure.done.count { $0.hasSuffix(": copy") } == ids.count }
                try await clock.sleep(for: .seconds(3600))
                try await few.act(["anna"]) { _ in await few.settled(results: ids.count, atMost: .seconds(12 * 3600)) }
            }
            few.check(ids)
            #expect(few.rebuilt.isEmpty)
            #expect(few.results.count == ids.count)
        }
    }

    @Test("what waits for a resource that keeps failing is not taken for lost")
    func paused() async throws {
        try await VirtualTime.run { clock in
            let isOut = Shared(true)
            let stage = Stage(clock: clock) { call, _ in
                call.name != "source" && isOut.withLock { $0 } ? .lostBefore : nil
            }
            let ids = (0..<8).map { "r-\($0)" }
            try await stage.playing(["anna", "bert"]) { _ in
                for id in ids { stage.publish(stage.request(id, kind: .documentClassifier, deadline: Self.day)) }
                try await clock.sleep(for: .seconds(5 * 3600))
                isOut.withLock { $0 = false }
                await stage.settled(results: ids.count, atMost: .seconds(3600))
            }
            #expect(stage.rebuilt.isEmpty)
        }
    }
}

extension Stage {
    /// Messages that were made anew.
    fileprivate var rebuilt: [AMQPMessage] {
        broker.record.accepted.map(\.message).filter { $0.headers[CarriedHeader.rebuilt] == .boolean(true) }
            .reduce(into: []) { all, message in
                // Sent on, it is the same one.
                if message.headers[CarriedHeader.hops] == nil { all.append(message) }
            }
    }
}

extension BrokerNames {
    /// Where messages of requests wait.
    fileprivate var worked: [String] { [requests, resume, retry, longRetry] }
}
