import CopyRuntime
import Simulation
import Testing

@Suite("Slots")
struct SlotsTests {
    private struct Counts {
        var now = 0
        var most = 0
        var total = 0

        mutating func enter() {
            now += 1
            most = max(most, now)
            total += 1
        }
    }

    @Test("no more than the given number are inside at once, and all get in")
    func bound() async throws {
        let slots = Slots(count: 3)
        let inside = Shared(Counts())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await slots.enter(.new)
                    inside.withLock { $0.enter() }
                    await Task.yield()
                    inside.withLock { $0.now -= 1 }
                    slots.leave()
                }
            }
            try await group.waitForAll()
        }
        let counts = inside.withLock { $0 }
        #expect(counts.most <= 3)
        #expect(counts.total == 200)
        #expect(slots.occupied == 0)
    }

    @Test("a resumed request goes before new ones that came earlier")
    func priority() async throws {
        let slots = Slots(count: 1)
        try await slots.enter(.new)
        let order = Shared<[String]>([])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await slots.enter(.new)
                order.withLock { $0.append("new") }
                slots.leave()
            }
            while slots.waiting < 1 { await Task.yield() }
            group.addTask {
                try await slots.enter(.resumed)
                order.withLock { $0.append("resumed") }
                slots.leave()
            }
            while slots.waiting < 2 { await Task.yield() }
            slots.leave()
            try await group.waitForAll()
        }
        #expect(order.withLock { $0 } == ["resumed", "new"])
    }

    @Test("who is cancelled while waiting leaves the line and takes no slot")
    func cancelledWaiter() async throws {
        let slots = Slots(count: 1)
        try await slots.enter(.new)
        await #expect(throws: CancellationError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await slots.enter(.new) }
                while slots.waiting < 1 { await Task.yield() }
                group.cancelAll()
                try await group.waitForAll()
            }
        }
        #expect(slots.waiting == 0)
        slots.leave()
        #expect(slots.occupied == 0)
    }

    @Test("giving back a slot that was not taken is our mistake")
    func overReturn() async {
        await #expect(processExitsWith: .failure) {
            Slots(count: 1).leave()
        }
    }
}
