import Synchronization
import Testing

@testable import AzureAI

@Suite("Budgets", .timeLimit(.minutes(1)))
struct ResourcePaceTests {
    let budget = ResourceBudget(statusCalls: 50, managementCalls: 5, listCalls: 10, allCalls: nil)
    let shared = ResourceBudget(statusCalls: 10, managementCalls: 10, listCalls: 10, allCalls: 10)

    /// Notes who went, and when.
    final class Journal: Sendable {
        private let entries = Mutex<[(name: Int, at: Duration)]>([])

        func note(_ name: Int, at moment: Duration) { entries.withLock { $0.append((name, moment)) } }
        var names: [Int] { entries.withLock { $0.map(\.name) } }
        var moments: [Duration] { entries.withLock { $0.map(\.at) } }
    }

    @Test("no second holds more calls than the budget allows")
    func rate() async throws {
        let timeline = Timeline(LeapingClock())
        let pace = ResourcePace(budget, timeline: timeline)
        var moments: [Duration] = []
        for _ in 0..<200 {
            try await pace.turn(of: .status)
            moments.append(timeline.now())
        }
        for start in moments {
            #expect(moments.count { $0 >= start && $0 < start + .seconds(1) } <= 51)
        }
        #expect(moments[199] <= .seconds(4))
    }

    @Test("calls of all classes share the resource's limit")
    func common() async throws {
        let timeline = Timeline(LeapingClock())
        let pace = ResourcePace(shared, timeline: timeline)
        try await withThrowingTaskGroup { group in
            for index in 0..<60 {
                group.addTask { try await pace.turn(of: BudgetClass.allCases[index % 3]) }
            }
            try await group.waitForAll()
        }
        #expect(timeline.now() >= .milliseconds(5700))
        #expect(timeline.now() <= .milliseconds(6300))
    }

    @Test("first come, first served")
    func order() async throws {
        let clock = ManualClock()
        let timeline = Timeline(clock)
        let pace = ResourcePace(budget, timeline: timeline)
        let journal = Journal()
        try await pace.turn(of: .management)
        await withTaskGroup { group in
            for index in 0..<20 {
                group.addTask {
                    try? await pace.turn(of: .management)
                    journal.note(index, at: timeline.now())
                }
                await eventually { index == 0 ? clock.sleepers == 1 : pace.waiting(in: .management) == index }
            }
            for index in 0..<20 {
                await eventually { clock.sleepers == 1 }
                clock.advance(by: .milliseconds(200))
                await eventually { journal.names.count == index + 1 }
            }
        }
        #expect(journal.names == Array(0..<20))
    }

    @Test("a pause holds its own class back and no other")
    func pause() async throws {
        let clock = ManualClock()
        let timeline = Timeline(clock)
        let pace = ResourcePace(shared, timeline: timeline)
        let journal = Journal()
        pace.pause(.management, for: .seconds(55))
        await withTaskGroup { group in
            group.addTask {
                try? await pace.turn(of: .management)
                journal.note(0, at: timeline.now())
            }
            await eventually { clock.sleepers == 1 }
            for index in 1...10 {
                clock.advance(by: .milliseconds(100))
                try? await pace.turn(of: .status)
                journal.note(index, at: timeline.now())
            }
            #expect(journal.names == Array(1...10))
            clock.advance(by: .seconds(54))
            await eventually { journal.names.count == 11 }
        }
        #expect(journal.moments.last == .seconds(55))
    }

    @Test("a pause that begins while a call waits holds it back, too")
    func latePause() async throws {
        let clock = ManualClock()
        let timeline = Timeline(clock)
        let pace = ResourcePace(budget, timeline: timeline)
        try await pace.turn(of: .list)
        await withTaskGroup { group in
            group.addTask { try? await pace.turn(of: .list) }
            await eventually { clock.sleepers == 1 }
            pace.pause(.list, for: .seconds(2))
            pace.pause(.list, for: .seconds(1))
            clock.advance(by: .seconds(1))
            await eventually { clock.sleepers == 1 }
            clock.advance(by: .seconds(1))
        }
        #expect(timeline.now() == .seconds(2))
    }

    @Test("those who give up leave no gap behind")
    func cancellation() async throws {
        let clock = ManualClock()
        let timeline = Timeline(clock)
        let pace = ResourcePace(budget, timeline: timeline)
        try await pace.turn(of: .management)
        let waiting = Task {
            await withTaskGroup { group in
                for _ in 0..<1000 {
                    group.addTask {
                        await #expect(throws: CancellationError.self) { try await pace.turn(of: .management) }
                    }
                }
            }
        }
        await eventually { pace.waiting(in: .management) == 999 && clock.sleepers == 1 }
        waiting.cancel()
        await waiting.value
        #expect(pace.waiting(in: .management) == 0)
        #expect(clock.sleepers == 0)
        clock.advance(by: .milliseconds(200))
        try await pace.turn(of: .management)
        #expect(timeline.now() == .milliseconds(200))
    }

    @Test("a head that gives up gives its place among all calls back")
    func cancelledHead() async throws {
        let clock = ManualClock()
        let pace = ResourcePace(shared, timeline: Timeline(clock))
        try await pace.turn(of: .status)
        let head = Task { try await pace.turn(of: .management) }
        await eventually { clock.sleepers == 1 }
        head.cancel()
        await #expect(throws: CancellationError.self) { try await head.value }
        clock.advance(by: .milliseconds(100))
        try await pace.turn(of: .management)
        #expect(clock.sleepers == 0)
    }

    @Test("whoever leads the line waits no longer than its limit", arguments: [150, 5_000])
    func limitOfHead(milliseconds: Int) async throws {
        let clock = ManualClock()
        let pace = ResourcePace(budget, timeline: Timeline(clock))
        pace.pause(.management, for: .seconds(3600))
        let head = Task { try await pace.turn(of: .management, within: .milliseconds(milliseconds)) }
        for _ in 0..<(milliseconds / 50) {
            await eventually { clock.sleepers == 1 }
            clock.advance(by: .milliseconds(50))
        }
        #expect(try await head.value == false)
        #expect(clock.sleepers == 0)
    }

    @Test("those behind the head leave when their limit comes, and the others keep their order")
    func limitInLine() async throws {
        let clock = ManualClock()
        let timeline = Timeline(clock)
        let pace = ResourcePace(budget, timeline: timeline)
        let went = Journal()
        let left = Journal()
        pace.pause(.management, for: .seconds(60))
        await withTaskGroup { group in
            for index in 0..<9 {
                // Every third one wants to wait for so long; the head waits for longest.
                let limit: Duration = index % 3 == 1 ? .seconds(10 + index) : .seconds(100)
                group.addTask {
                    let isGranted = try? await pace.turn(of: .management, within: limit)
                    (isGranted == true ? went : left).note(index, at: timeline.now())
                }
                await eventually { index == 0 ? clock.sleepers == 1 : pace.waiting(in: .management) == index }
            }
            for _ in 0..<66 {
                await eventually { clock.sleepers == 1 || went.names.count == 6 }
                clock.advance(by: .seconds(1))
            }
        }
        #expect(left.names.sorted() == [1, 4, 7])
        for (index, moment) in zip(left.names, left.moments) {
            #expect(moment >= .seconds(10 + index) && moment <= .seconds(11 + index))
        }
        #expect(went.names == [0, 2, 3, 5, 6, 8])
        #expect(went.moments.allSatisfy { $0 >= .seconds(60) })
    }

    @Test("a place that comes before the limit is taken")
    func withinLimit() async throws {
        let timeline = Timeline(LeapingClock())
        let pace = ResourcePace(budget, timeline: timeline)
        pace.pause(.status, for: .seconds(30))
        #expect(try await pace.turn(of: .status, within: .seconds(30) + .nanoseconds(1)))
        #expect(timeline.now() == .seconds(30))
    }

    @Test("a task that is cancelled beforehand gets no turn")
    func cancelledBefore() async throws {
        let pace = ResourcePace(budget, timeline: Timeline(LeapingClock()))
        let task = Task {
            await eventually { Task.isCancelled }
            try await pace.turn(of: .status)
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await pace.turn(of: .status)
    }

    @Test("ten thousand waiters all get their turn")
    func many() async throws {
        let pace = ResourcePace(budget, timeline: Timeline(LeapingClock()))
        let served = Counter()
        try await withThrowingTaskGroup { group in
            for _ in 0..<10_000 {
                group.addTask {
                    try await pace.turn(of: .status)
                    served.increment()
                }
            }
            try await group.waitForAll()
        }
        #expect(served.value == 10_000)
        #expect(pace.waiting(in: .status) == 0)
    }
}
