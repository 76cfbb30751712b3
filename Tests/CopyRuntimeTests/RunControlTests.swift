import CopyDomain
import Simulation
import Synchronization
import Testing

@testable import CopyRuntime

@Suite("RunControl")
struct RunControlTests {
    @Test("work that nobody interrupts goes to its end")
    func undisturbed() async throws {
        try await VirtualTime.run { clock in
            let control = RunControl()
            let isCancelled = await control.interrupting {
                try? await clock.sleep(for: .seconds(60))
                return Task.isCancelled
            }
            #expect(!isCancelled && clock.elapsed == .seconds(60))
            #expect(control.next() == nil)
        }
    }

    @Test("a wish wakes the work at once, or before it begins; the next work is undisturbed", arguments: [true, false])
    func woken(isEarly: Bool) async throws {
        try await VirtualTime.run { clock in
            let control = RunControl()
            if isEarly { control.ask(.cancel) }
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    try? await clock.sleep(for: .seconds(7))
                    control.ask(.cancel)
                }
                await control.interrupting { try? await clock.sleep(for: .seconds(60)) }
            }
            #expect(clock.elapsed == .seconds(7))
            guard case .cancel = control.next() else { return #expect(Bool(false), "nothing was asked for") }
            await control.interrupting { try? await clock.sleep(for: .seconds(60)) }
            #expect(clock.elapsed == .seconds(67))
        }
    }

    @Test("cancelling is told once, and after a hand-back; of two hand-backs the first one counts")
    func order() throws {
        let another = try #require(RequestID(rawValue: "another"))
        let control = RunControl()
        control.ask(.cancel)
        control.ask(.handBack(.drained))
        control.ask(.handBack(.reservationTaken(by: another)))
        guard case .handBack(.drained) = control.next() else { return #expect(Bool(false), "no hand-back") }
        guard case .cancel = control.next() else { return #expect(Bool(false), "no cancellation") }
        control.ask(.cancel)
        #expect(control.next() == nil)
    }

    @Test("cancelling the asking task interrupts the work")
    func cancelled() async throws {
        try await VirtualTime.run { clock in
            let control = RunControl()
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await control.interrupting { try? await clock.sleep(for: .seconds(60)) } }
                try? await clock.sleep(for: .seconds(3))
                group.cancelAll()
            }
            #expect(clock.elapsed == .seconds(3))
        }
    }
}
