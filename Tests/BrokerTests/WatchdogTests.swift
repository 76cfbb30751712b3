import Glibc
import Synchronization
import Testing

@testable import RabbitMQTransport

@Suite("The watchdog")
struct WatchdogTests {
    @Test("an alarm goes off in time, in order of time, unless it is called off")
    func alarms() async throws {
        let watchdog = try Watchdog()
        let rung = Mutex<[String]>([])
        // So far apart that a busy machine does not mix up their order before all are set.
        let called = watchdog.alarm(after: .seconds(1)) { rung.withLock { $0.append("called off") } }
        let answer = FirstAnswer<Void>()
        _ = watchdog.alarm(after: .seconds(2)) {
            rung.withLock { $0.append("late") }
            answer.give(())
        }
        _ = watchdog.alarm(after: .milliseconds(10)) { rung.withLock { $0.append("early") } }
        watchdog.callOff(called)
        await answer.value()
        #expect(rung.withLock { $0 } == ["early", "late"])
    }

    @Test("a ward without a sign of life is cut, and a blocked read returns")
    func silent() async throws {
        let watchdog = try Watchdog()
        let (near, far) = try socketPair()
        defer {
            close(near)
            close(far)
        }
        let ward = Ward(patience: .milliseconds(50), now: watchdog.now)
        ward.watch(near)
        watchdog.add(ward)
        var byte: UInt8 = 0
        #expect(unsafe read(near, &byte, 1) == 0)
        #expect(ward.isCut)
    }

    @Test("a ward that was let go is left alone, whoever has its number by then")
    func released() async throws {
        let watchdog = try Watchdog()
        let (near, far) = try socketPair()
        defer {
            close(near)
            close(far)
        }
        let ward = Ward(patience: .milliseconds(10), now: watchdog.now)
        ward.watch(near)
        ward.release()
        ward.cut()
        var byte: UInt8 = 7
        #expect(unsafe write(far, &byte, 1) == 1)
        byte = 0
        #expect(unsafe read(near, &byte, 1) == 1)
        #expect(byte == 7)
    }

    @Test("a tick moves the deadline")
    func tick() throws {
        let clock = SuspendingClock()
        let birth = clock.now
        let ward = Ward(patience: .seconds(3), now: birth)
        #expect(ward.deadline == birth.advanced(by: .seconds(3)))
        ward.tick(at: birth.advanced(by: .seconds(10)))
        #expect(ward.deadline == birth.advanced(by: .seconds(13)))
    }

    @Test("the first answer counts, before and after somebody waits")
    func firstAnswer() async {
        let early = FirstAnswer<Int>()
        #expect(early.give(1))
        #expect(!early.give(2))
        #expect(await early.value() == 1)
        let late = FirstAnswer<Int>()
        async let value = late.value()
        late.give(3)
        late.give(4)
        #expect(await value == 3)
    }

    private struct NoSocket: Error {}

    private func socketPair() throws -> (Int32, Int32) {
        var pair: (Int32, Int32) = (-1, -1)
        let result = unsafe withUnsafeMutablePointer(to: &pair) { pointer in
            unsafe pointer.withMemoryRebound(to: Int32.self, capacity: 2) {
                unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, $0)
            }
        }
        guard result == 0 else { throw NoSocket() }
        return pair
    }
}
