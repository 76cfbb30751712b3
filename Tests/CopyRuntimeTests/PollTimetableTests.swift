import AMQP
import CopyDomain
import Simulation
import Testing

@testable import CopyRuntime

@Suite("Poll timetable")
struct PollTimetableTests {
    private let resource = ResourceName(rawValue: "source-1")!

    private func copy(_ number: Int) -> RequestID { RequestID(rawValue: "r-\(number)")! }

    private func surroundings(_ clock: SimulatedClock) -> Surroundings {
        let dice = SeededDice(seed: 7)
        return Surroundings(
            clock: clock,
            uptime: { clock.elapsed },
            now: { Stage.noon + clock.elapsed },
            suspensionClock: { 0 },
            random: { min(dice.roll(), 0.999) }
        )
    }

    /// The moments at which copies are called, each of which then takes its time.
    private func moments(
        copies: Int,
        turns: Int,
        calls: Double? = nil,
        taking: @escaping @Sendable (Int) -> Duration
    ) async throws -> [[Duration]] {
        try await VirtualTime.run { clock in
            let timetable = PollTimetable(
                period: .seconds(1),
                statusCalls: { _ in calls },
                surroundings: surroundings(clock)
            )
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await timetable.run() }
                let moments = try await withThrowingTaskGroup(of: [Duration].self) { polls in
                    for number in 0..<copies { timetable.enter(copy(number), resource: resource) }
                    for number in 0..<copies {
                        polls.addTask {
                            var moments: [Duration] = []
                            for turn in 0..<turns {
                                try await timetable.turn(of: copy(number), limit: .seconds(3600))
                                moments.append(clock.elapsed)
                                try await clock.sleep(for: taking(turn))
                            }
                            return moments
                        }
                    }
                    return try await polls.reduce(into: []) { $0.append($1) }
                }
                group.cancelAll()
                return moments
            }
        }
    }

    private func gaps(_ moments: [Duration]) -> [Duration] {
        zip(moments.dropFirst(), moments).map { $0 - $1 }
    }

    @Test("gaps of one period, however long an answer takes within it")
    func period() async throws {
        let moments = try await moments(copies: 1, turns: 50) { .milliseconds($0 * 17 % 900) }
        #expect(gaps(moments[0]).allSatisfy { $0 == .seconds(1) })
    }

    @Test("polls that were missed are skipped; the next falls on the old grid")
    func skipped() async throws {
        let moments = try await moments(copies: 1, turns: 6) { $0 == 2 ? .milliseconds(3300) : .milliseconds(10) }
        #expect(gaps(moments[0]) == [.seconds(1), .seconds(1), .seconds(4), .seconds(1), .seconds(1)])
    }

    @Test("more copies than the budget allows are asked less often, all equally")
    func budget() async throws {
        let moments = try await moments(copies: 100, turns: 5, calls: 20) { _ in .milliseconds(10) }
        #expect(moments.flatMap(gaps).allSatisfy { abs(($0 - .seconds(5)) / .seconds(1)) < 0.02 })
    }

    @Test("thousands of copies that begin together are spread evenly over the period")
    func spread() async throws {
        let moments = try await moments(copies: 3000, turns: 2) { _ in .milliseconds(10) }
        #expect(moments.allSatisfy { gaps($0) == [.seconds(1)] })
        var tenths = [Int](repeating: 0, count: 11)
        for moment in moments { tenths[Int(moment[0] / .milliseconds(100))] += 1 }
        #expect(tenths.prefix(10).allSatisfy { (220...380).contains($0) })
    }

    @Test("a turn is waited for no longer than its limit, and a cancelled one is given up at once")
    func limits() async throws {
        try await VirtualTime.run { clock in
            let timetable = PollTimetable(
                period: .seconds(100),
                statusCalls: { _ in nil },
                surroundings: surroundings(clock)
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await timetable.run() }
                timetable.enter(copy(1), resource: resource)
                try await timetable.turn(of: copy(1), limit: .zero)
                #expect(clock.elapsed == .zero)
                await #expect(throws: CancellationError.self) {
                    try await withThrowingTaskGroup(of: Void.self) { inner in
                        inner.addTask { try await timetable.turn(of: copy(1), limit: .seconds(3600)) }
                        try await clock.sleep(for: .seconds(1))
                        inner.cancelAll()
                        try await inner.next()
                    }
                }
                #expect(clock.elapsed == .seconds(1))
                timetable.leave(copy(1))
                timetable.leave(copy(1))
                try await timetable.turn(of: copy(1), limit: .seconds(3600))
                #expect(clock.elapsed == .seconds(1))
                group.cancelAll()
            }
        }
    }

    @Test("a copy whose polls go to its target counts there, and no longer at the source")
    func movesOver() async throws {
        let target = ResourceName(rawValue: "target-1")!
        let gap = try await VirtualTime.run { clock in
            let timetable = PollTimetable(
                period: .seconds(1),
                statusCalls: { $0 == target ? 0.5 : 0.25 },
                surroundings: surroundings(clock)
            )
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await timetable.run() }
                timetable.enter(copy(1), resource: resource)
                try await timetable.turn(of: copy(1), limit: .seconds(3600))
                let before = clock.elapsed
                timetable.enter(copy(1), resource: target)
                try await timetable.turn(of: copy(1), limit: .seconds(3600))
                group.cancelAll()
                return clock.elapsed - before
            }
        }
        #expect(gap == .seconds(2))
    }
}
