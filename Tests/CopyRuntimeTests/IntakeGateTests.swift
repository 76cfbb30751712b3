import Simulation
import Testing

@testable import CopyRuntime

@Suite("Intake gate")
struct IntakeGateTests {
    @Test("nobody passes until every obstacle is gone, then all do")
    func obstacles() async throws {
        try await VirtualTime.run { clock in
            let gate = IntakeGate()
            try await gate.pass()
            gate.close()
            gate.close()
            let passed = Shared(0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        try await gate.pass()
                        passed.withLock { $0 += 1 }
                    }
                }
                try await clock.sleep(for: .seconds(1))
                gate.open()
                try await clock.sleep(for: .seconds(1))
                #expect(passed.withLock { $0 } == 0)
                gate.open()
                try await group.waitForAll()
            }
            #expect(passed.withLock { $0 } == 10)
        }
    }

    @Test("who is cancelled before the gate goes away, and does not pass later")
    func cancelled() async throws {
        try await VirtualTime.run { clock in
            let gate = IntakeGate()
            gate.close()
            await #expect(throws: CancellationError.self) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await gate.pass() }
                    try await clock.sleep(for: .seconds(1))
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
            gate.open()
            try await gate.pass()
        }
    }

    @Test("opening what was not closed is our mistake")
    func notClosed() async {
        await #expect(processExitsWith: .failure) { IntakeGate().open() }
    }
}
