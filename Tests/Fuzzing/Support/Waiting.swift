import Synchronization

/// Runs to the end, on this very thread, what is asynchronous: nothing in it waits for anything outside.
func waiting<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) -> Value {
    let result = Mutex<Value?>(nil)
    let loop = Loop()
    Task.detached(executorPreference: loop) {
        let value = await body()
        result.withLock { $0 = value }
    }
    loop.run()
    guard let value = result.withLock({ $0 }) else { violated("a task waits for something that nobody does") }
    return value
}

/// Keeps jobs until somebody runs them.
private final class Loop: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    func run() {
        while let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
            unsafe job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}

struct FuzzInstant: InstantProtocol {
    var offset: Duration

    func advanced(by duration: Duration) -> FuzzInstant { FuzzInstant(offset: offset + duration) }
    func duration(to other: FuzzInstant) -> Duration { other.offset - offset }
    static func < (left: FuzzInstant, right: FuzzInstant) -> Bool { left.offset < right.offset }
}

/// A clock that leaps to the end of every sleep.
final class LeapingClock: Clock {
    private let time = Mutex(Duration.zero)

    var now: FuzzInstant { FuzzInstant(offset: time.withLock { $0 }) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: FuzzInstant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        time.withLock { $0 = max($0, deadline.offset) }
    }
}
