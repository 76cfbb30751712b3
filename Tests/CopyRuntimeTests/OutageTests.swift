import AMQP
import CopyDomain
import CopyRuntime
import Simulation
import Synchronization
import Testing

@Suite("A resource that keeps failing")
struct OutageTests {
    private struct Play {
        let stage: Stage
        let isOut: Shared<Bool>
        let count: Int

        init(clock: SimulatedClock, count: Int) {
            let isOut = Shared(false)
            var stage = Stage(clock: clock, copyTime: .seconds(20)) { _, request in
                request.rawValue.hasPrefix("ill") && isOut.withLock { $0 } ? .lostBefore : nil
            }
            stage.settings.slots = 20
            self.stage = stage
            self.isOut = isOut
            self.count = count
        }

        func publish(deadline: String) {
            for number in 0..<count {
                for (name, end) in [("well", "2"), ("ill", "1")] {
                    stage.publish(
                        stage.request(
                            "\(name)-\(number)",
                            source: "source-\(end)",
                            target: "target-\(end)",
                            deadline: deadline
                        )
                    )
                }
            }
        }

        func isEnded(_ name: String) -> Bool {
            stage.results.count { $0.id.hasPrefix(name) } == count
        }

        var ids: [String] { (0..<count).flatMap { ["well-\($0)", "ill-\($0)"] } }
    }

    /// - Returns: when the requests of the healthy pair had all ended, and the longest gap between two of their polls.
    private func outage(of length: Duration, count: Int) async throws -> (end: Duration, gap: Duration) {
        try await VirtualTime.run { clock in
            let play = Play(clock: clock, count: count)
            let stage = play.stage
            let end = Shared<Duration>(.zero)
            try await stage.playing { workers in
                play.publish(deadline: "2026-11-21T15:00:00Z")
                try await clock.sleep(for: .seconds(10))
                if length > .zero {
                    play.isOut.withLock { $0 = true }
                    await stage.wait("it is noticed", atMost: .seconds(60)) { _ in
                        workers["anna"]?.status.notes.isEmpty == false
                    }
                    #expect(workers["anna"]?.status.isReady == true)
                }
                await stage.wait("the healthy pair's end") { _ in play.isEnded("well") }
                end.withLock { $0 = clock.elapsed }
                if length > .zero {
                    // An hour without a slot taken, but for one probe at a time.
                    await stage.wait("the rest of the outage", atMost: length + .seconds(60)) { _ in
                        #expect(workers["anna"]?.status.running ?? 0 <= 1)
                        return clock.elapsed >= length
                    }
                    play.isOut.withLock { $0 = false }
                }
                await stage.settled(results: 2 * count, atMost: .seconds(3600))
                #expect(workers["anna"]?.status.notes.isEmpty == true)
            }
            stage.check(play.ids)
            #expect(stage.results.allSatisfy { $0.id.hasSuffix("#succeeded") })
            let gap = stage.azure.longestPollGap(of: "well")
            return (end.withLock { $0 }, gap)
        }
    }

    @Test("an hour costs no slot and ends by itself; requests of another pair keep their timetable")
    func hour() async throws {
        let calm = try await outage(of: .zero, count: 200)
        let stormy = try await outage(of: .seconds(3600), count: 200)
        #expect(stormy.end <= calm.end)
        #expect(stormy.gap <= calm.gap + .milliseconds(50))
    }

    @Test("requests end at their deadlines all the same")
    func deadlines() async throws {
        try await VirtualTime.run { clock in
            let play = Play(clock: clock, count: 200)
            let stage = play.stage
            play.isOut.withLock { $0 = true }
            try await stage.playing { _ in
                play.publish(deadline: "2026-11-21T12:30:00Z")
                await stage.settled(results: 400, atMost: .seconds(3600))
            }
            stage.check(play.ids)
            #expect(clock.elapsed < .seconds(50 * 60))
            let ill = stage.results.filter { $0.id.hasPrefix("ill") }
            #expect(ill.count == 200)
            #expect(ill.allSatisfy { String(decoding: $0.body, as: UTF8.self).contains("deadline_exceeded") })
            #expect(stage.results.count { $0.id.hasSuffix("#succeeded") } == 200)
        }
    }

    @Test("a request that waits for a paused resource is cancelled all the same")
    func cancelled() async throws {
        try await VirtualTime.run { clock in
            let play = Play(clock: clock, count: 8)
            let stage = play.stage
            try await stage.playing { workers in
                play.publish(deadline: "2026-11-21T15:00:00Z")
                try await clock.sleep(for: .seconds(5))
                play.isOut.withLock { $0 = true }
                await stage.wait("it is noticed", atMost: .seconds(60)) { _ in
                    workers["anna"]?.status.notes.isEmpty == false
                }
                try await clock.sleep(for: .seconds(120))
                stage.publish(#"{"command":"cancel","id":"ill-3"}"#, to: stage.settings.names.commands)
                // The grace, and the longest wait of a paused request before it.
                await stage.wait("its end", atMost: .seconds(960)) { _ in !stage.outcomes(of: "ill-3").isEmpty }
                #expect(stage.outcomes(of: "ill-3").map(\.id) == ["ill-3#1#cancelled"])
                #expect(stage.outcomes(of: "ill-4").isEmpty)
                play.isOut.withLock { $0 = false }
                await stage.settled(results: 16)
            }
            stage.check(play.ids)
        }
    }

    @Test("a request whose calls alone fail waits alone: others of its resources go on, and begin")
    func troubleOfOne() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock, copyTime: .seconds(120)) { call, request in
                request.rawValue == "ill" && call.side == .target ? .lostBefore : nil
            }
            try await stage.playing { workers in
                // Its neighbours call the target at the beginning and at the end only.
                for number in 0..<10 { stage.publish(stage.request("well-\(number)")) }
                try await clock.sleep(for: .seconds(5))
                stage.publish(stage.request("ill", deadline: "2026-11-21T12:20:00Z"))
                await stage.wait("it is noted", atMost: .seconds(110)) { _ in
                    workers["anna"]?.status.notes.contains { $0.contains("; ill waits, ") } == true
                }
                stage.publish(stage.request("late"))
                await stage.wait("the others' end", atMost: .seconds(150)) { _ in stage.results.count == 11 }
                #expect(stage.results.allSatisfy { $0.id.hasSuffix("#succeeded") })
                await stage.settled(results: 12)
            }
            #expect(stage.outcomes(of: "ill").map(\.id) == ["ill#1#failed"])
            let handedBack = stage.broker.record.accepted.filter { $0.routingKey == stage.settings.names.retry }
            #expect(!handedBack.isEmpty)
            #expect(handedBack.allSatisfy { String(decoding: $0.message.body, as: UTF8.self).contains(#""ill""#) })
            stage.check((0..<10).map { "well-\($0)" } + ["late", "ill"])
        }
    }

    @Test("a run that is handed back with an open fate finds it out first")
    func openFate() async throws {
        try await VirtualTime.run { clock in
            let isOut = Shared(false)
            let stage = Stage(clock: clock) { call, _ in
                if call.name == "copy" { isOut.withLock { $0 = clock.elapsed < .seconds(600) } }
                return isOut.withLock { $0 } ? (call.name == "copy" ? .lostAfter : .lostBefore) : nil
            }
            try await stage.playing { workers in
                stage.publish(stage.request("r"))
                await stage.wait("the resource is paused") { _ in workers["anna"]?.status.notes.isEmpty == false }
                try await clock.sleep(for: .seconds(300))
                isOut.withLock { $0 = false }
                await stage.settled(results: 1)
            }
            stage.check(["r"])
            #expect(stage.azure.done == ["r: authorize", "r: copy"])
        }
    }
}

extension TinyAzure {
    func longestPollGap(of name: String) -> Duration {
        state.withLock { state in
            state.polls.filter { $0.key.rawValue.hasPrefix(name) }
                .compactMap { zip($0.value.dropFirst(), $0.value).map { $0 - $1 }.max() }.max() ?? .zero
        }
    }
}
