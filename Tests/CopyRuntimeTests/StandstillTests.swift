import CopyDomain
import CopyJournal
import CopyRuntime
import Simulation
import Testing

@Suite("A worker that is stuck")
struct StandstillTests {
    /// A way to the journal on which signs of life get stuck.
    private struct StuckLine: JournalLine {
        let clock: SimulatedClock
        let isStuck: Shared<Bool>

        func carry<Answer: Sendable>(
            _ body: @escaping @Sendable () throws(JournalError) -> Answer
        ) async throws(JournalError) -> Answer {
            try body()
        }

        func carryBeat<Answer: Sendable>(
            _ body: @escaping @Sendable () throws(JournalError) -> Answer
        ) async throws(JournalError) -> Answer {
            while isStuck.withLock(\.self) {
                guard (try? await clock.sleep(for: .seconds(1))) != nil else { break }
            }
            return try body()
        }
    }

    @Test("journal, broker and Azure may be away for an hour, one after the other and together: nothing is stuck")
    func outages() async throws {
        try await VirtualTime.run { clock in
            let isOut = Shared(false)
            let stage = Stage(clock: clock) { _, _ in isOut.withLock(\.self) ? .lostBefore : nil }
            try await stage.playing { workers in
                let worker = try #require(workers["anna"])
                stage.publish(stage.request("r", deadline: "2026-11-21T20:00:00Z"))
                for outage in 0..<4 {
                    isOut.withLock { $0 = outage != 1 }
                    stage.isJournalAway.withLock { $0 = outage != 0 }
                    if outage > 1 { stage.broker.goDown() }
                    for _ in 0..<360 {
                        try await clock.sleep(for: .seconds(10))
                        #expect(worker.standstill == nil)
                    }
                    isOut.withLock { $0 = false }
                    stage.isJournalAway.withLock { $0 = false }
                    stage.broker.comeBack()
                }
                await stage.settled(results: 1)
            }
            stage.check(["r"])
        }
    }

    @Test("a loop that does not turn for a minute is a standstill, until it turns again")
    func stuck() async throws {
        try await VirtualTime.run { clock in
            let stage = Stage(clock: clock)
            let isStuck = Shared(false)
            let worker = Worker.mortal(
                "anna",
                life: Life(),
                settings: stage.settings,
                catalogue: stage.catalogue,
                journal: WatchedJournal(
                    base: stage.journal,
                    line: StuckLine(clock: clock, isStuck: isStuck),
                    observer: stage.witness
                ),
                azure: AzureDoor(azure: stage.azure, life: Life(), witness: stage.witness),
                broker: stage.broker,
                clock: clock,
                now: { Stage.noon + clock.elapsed },
                random: stage.dice.roll
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await worker.run() }
                try await clock.sleep(for: .seconds(30))
                #expect(worker.standstill == nil)
                isStuck.withLock { $0 = true }
                try await clock.sleep(for: .seconds(55))
                #expect(worker.standstill == nil)
                try await clock.sleep(for: .seconds(10))
                #expect(worker.standstill?.contains("has not turned for 6") == true)
                isStuck.withLock { $0 = false }
                try await clock.sleep(for: .seconds(5))
                #expect(worker.standstill == nil)
                await worker.drain()
                try await group.waitForAll()
            }
        }
    }
}
