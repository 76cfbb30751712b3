import Dispatch
import Glibc
import IOThread
import Synchronization
import Testing

/// Serialized, because threads and descriptors of the whole process are counted.
@Suite("A thread that is an executor", .serialized)
struct IOThreadTests {
    @Test("jobs of its actor run on it, in the order they were asked for")
    func order() async throws {
        let counter = try Counter()
        for number in 0..<100 {
            #expect(await counter.add(number))
        }
        #expect(await counter.order == Array(0..<100))
    }

    @Test("many callers at once lose no job")
    func contention() async throws {
        let counter = try Counter()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { for number in 0..<500 { _ = await counter.add(number) } }
            }
        }
        #expect(await counter.value == 4000)
    }

    @Test("isolation may be assumed on it")
    func assumedOn() async throws {
        let counter = try Counter()
        await withCheckedContinuation { continuation in
            counter.thread.perform {
                counter.addAssumed()
                continuation.resume()
            }
        }
        #expect(await counter.value == 1)
    }

    @Test("assuming isolation off it is a mistake that traps")
    func assumedOff() async {
        await #expect(processExitsWith: .failure) {
            try Counter().addAssumed()
        }
    }

    @Test("a job for a thread that was stopped is a mistake that traps")
    func afterStop() async {
        await #expect(processExitsWith: .failure) {
            let thread = try IOThread(name: "stopped")
            await thread.stop()
            thread.perform {}
        }
    }

    @Test("it reads, runs jobs and flushes, in this order")
    func turn() async throws {
        let thread = try IOThread(name: "turn")
        let log = Mutex<[String]>([])
        await withCheckedContinuation { continuation in
            thread.attach(
                IOPump(
                    read: { log.withLock { $0.append("read") } },
                    flush: {
                        log.withLock { $0.append("flush") }
                        return .untilWoken
                    }
                )
            )
            thread.perform {
                log.withLock { $0 = ["read", "job"] }
                thread.perform { continuation.resume() }
            }
        }
        await thread.stop()
        // The job's job comes in the next turn, after what arrived in the meantime was read.
        #expect(log.withLock { Array($0.prefix(5)) } == ["read", "job", "flush", "read", "flush"])
    }

    @Test("a descriptor that becomes readable wakes it")
    func descriptor() async throws {
        let (reading, writing) = try #require(pipe())
        defer {
            close(reading)
            close(writing)
        }
        let thread = try IOThread(name: "pipe")
        let received = AsyncStream<UInt8>.makeStream()
        thread.attach(
            IOPump(
                read: {
                    var byte: UInt8 = 0
                    while unsafe read(reading, &byte, 1) == 1 { received.continuation.yield(byte) }
                },
                flush: { IOWait(descriptor: reading) }
            )
        )
        var bytes = received.stream.makeAsyncIterator()
        for byte: UInt8 in 1...3 {
            var byte = byte
            unsafe write(writing, &byte, 1)
            #expect(await bytes.next() == byte)
        }
        await thread.stop()
    }

    @Test("who wakes it while it is about to fall asleep is not overheard")
    func wokenAwake() async throws {
        let thread = try IOThread(name: "awake")
        let other = try IOThread(name: "other")
        let flushes = Mutex(0)
        await withCheckedContinuation { continuation in
            thread.attach(
                IOPump(flush: {
                    let number = flushes.withLock { number in
                        number += 1
                        return number
                    }
                    if number == 1 {
                        // Between what the pump says and the sleep.
                        let woke = DispatchSemaphore(value: 0)
                        other.perform {
                            thread.wakeUp()
                            woke.signal()
                        }
                        woke.wait()
                    } else if number == 2 {
                        continuation.resume()
                    }
                    return .untilWoken
                })
            )
        }
        await thread.stop()
        await other.stop()
    }

    @Test("a wait of less than a millisecond does not spin")
    func shortWait() async throws {
        let thread = try IOThread(name: "short")
        let turns = Mutex(0)
        let start = ContinuousClock.now
        await withCheckedContinuation { continuation in
            thread.attach(
                IOPump(flush: {
                    let turn = turns.withLock { turns in
                        turns += 1
                        return turns
                    }
                    if turn == 50 { continuation.resume() }
                    return IOWait(limit: .microseconds(300))
                })
            )
        }
        #expect(ContinuousClock.now - start >= .milliseconds(40))
        await thread.stop()
    }

    @Test(
        "a wait is rounded up to whole milliseconds",
        arguments: [
            (nil, -1), (.zero, 0), (.seconds(-1), 0), (.nanoseconds(1), 1), (.microseconds(999), 1),
            (.milliseconds(1), 1), (.microseconds(1001), 2), (.seconds(5), 5000),
            (.seconds(1_000_000_000), 1_000_000_000),
        ] as [(Duration?, Int32)]
    )
    func rounding(limit: Duration?, milliseconds: Int32) {
        #expect(IOWait(limit: limit).milliseconds == milliseconds)
    }

    @Test("it carries its name, cut to the kernel's 15 bytes")
    func name() async throws {
        let thread = try IOThread(name: "a-name-that-is-long")
        await withCheckedContinuation { continuation in thread.perform { continuation.resume() } }
        #expect(ProcessFigures.threads(named: "a-name-that-is-") == 1)
        await thread.stop()
        #expect(ProcessFigures.threads(named: "a-name-that-is-") == 0)
    }

    @Test("jobs that wait when it is stopped still run")
    func drained() async throws {
        let thread = try IOThread(name: "drained")
        let ran = Mutex(0)
        for _ in 0..<1000 { thread.perform { ran.withLock { $0 += 1 } } }
        await thread.stop()
        #expect(ran.withLock { $0 } == 1000)
    }

    @Test("several may wait for its end")
    func stoppedTwice() async throws {
        let thread = try IOThread(name: "twice")
        async let first: Void = thread.stop()
        async let second: Void = thread.stop()
        _ = await (first, second)
        await thread.stop()
        #expect(ProcessFigures.threads(named: "twice") == 0)
    }

    @Test("an actor that is dropped takes its thread and descriptor along")
    func dropped() async {
        // In a process of its own: the figures are the process's, and other tests open descriptors meanwhile.
        await #expect(processExitsWith: .success) {
            // What the runtime opens at first use is not ours.
            let first = try Counter("first")
            #expect(await first.add(1))
            let descriptors = ProcessFigures.descriptors
            for _ in 0..<200 {
                let counter = try Counter("dropped")
                #expect(await counter.add(1))
            }
            // The threads end by themselves, soon.
            let deadline = ContinuousClock.now + .seconds(10)
            while ProcessFigures.threads(named: "dropped") > 0, ContinuousClock.now < deadline { await Task.yield() }
            #expect(ProcessFigures.threads(named: "dropped") == 0)
            #expect(ProcessFigures.descriptors <= descriptors)
        }
    }

    private func pipe() -> (Int32, Int32)? {
        var ends: (Int32, Int32) = (-1, -1)
        let result = unsafe withUnsafeMutablePointer(to: &ends) { pointer in
            unsafe pointer.withMemoryRebound(to: Int32.self, capacity: 2) { unsafe Glibc.pipe($0) }
        }
        _ = fcntl(ends.0, F_SETFL, O_NONBLOCK)
        return result == 0 ? ends : nil
    }
}
