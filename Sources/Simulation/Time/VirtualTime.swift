import Dispatch
import Synchronization

/// Runs a play on one thread in an order that a seed decides, on a clock that goes on whenever all tasks wait: hours
/// pass in milliseconds, and the same seed gives the same run. Nothing in it may make unstructured tasks.
package final class VirtualTime: TaskExecutor {
    /// All tasks wait, nobody for a date: the play would hang for ever.
    package struct Stalled: Error, CustomStringConvertible {
        package let elapsed: Duration
        package var description: String { "all tasks wait for one another, after \(elapsed) of virtual time" }
    }

    private struct State {
        var ready: [UnownedJob] = []
        var random: SeededRandom
        var isDraining = false
        var isOver = false
        var stalledAt: Duration?
        var cancel: (@Sendable () -> Void)?
    }

    private let clock: SimulatedClock
    private let queue = DispatchQueue(label: "virtual time")
    private let state: Mutex<State>

    private init(seed: UInt64, clock: SimulatedClock) {
        self.clock = clock
        state = Mutex(State(random: SeededRandom(seed: seed)))
    }

    /// Runs `body`, which gets the clock; throws `Stalled` when everybody waits for ever.
    package static func run<Value: Sendable>(
        seed: UInt64 = 0,
        _ body: @escaping @Sendable (SimulatedClock) async throws -> Value
    ) async throws -> Value {
        let clock = SimulatedClock()
        let time = VirtualTime(seed: seed, clock: clock)
        let task = Task(executorPreference: time) {
            defer { time.state.withLock { $0.isOver = true } }
            return try await body(clock)
        }
        let isStalled = time.state.withLock { state in
            state.cancel = { task.cancel() }
            return state.stalledAt != nil
        }
        if isStalled { task.cancel() }
        let result = await task.result
        if let elapsed = time.state.withLock(\.stalledAt) { throw Stalled(elapsed: elapsed) }
        return try result.get()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustDrain = state.withLock { state in
            state.ready.append(job)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if mustDrain { queue.async { self.drain() } }
    }

    private func drain() {
        while true {
            let job = state.withLock { state -> UnownedJob? in
                guard !state.ready.isEmpty else { return nil }
                let index = Int.random(in: state.ready.indices, using: &state.random)
                return state.ready.remove(at: index)
            }
            if let job {
                unsafe job.runSynchronously(on: asUnownedTaskExecutor())
                continue
            }
            if clock.advanceToNext() { continue }
            let (isDone, cancel) = state.withLock { state -> (Bool, (@Sendable () -> Void)?) in
                guard state.ready.isEmpty else { return (false, nil) }
                state.isDraining = false
                guard !state.isOver, state.stalledAt == nil else { return (true, nil) }
                state.stalledAt = clock.elapsed
                return (true, state.cancel)
            }
            cancel?()
            if isDone { return }
        }
    }
}
