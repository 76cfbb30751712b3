import Synchronization

/// Runs a world's processes on the calling thread: a seed picks which of the ready jobs comes next, and the clock goes
/// on only when nothing is ready.
package final class Scheduler: Sendable {
    package enum End: Hashable, Sendable {
        case done
        /// Everybody waits for somebody.
        case stalled
        /// More jobs than any world needs.
        case endless
    }

    private struct Ready {
        let process: SimulatedProcess
        let job: UnownedJob
    }

    private struct State {
        var ready: [Ready] = []
        /// Jobs of stopped processes, by number.
        var parked: [Int: [Ready]] = [:]
        var random: SeededRandom
        var hash = ScheduleHash()
        var jobs = 0
        var processes = 0
        var open = 0
        var escapes: [String] = []
    }

    package let clock = SimulatedClock()
    private let thread = ThreadID.current
    private let state: Mutex<State>

    package init(seed: UInt64) {
        state = Mutex(State(random: SeededRandom(seed: seed)))
    }

    package func process(_ name: String) -> SimulatedProcess {
        let number = state.withLock { state in
            state.processes += 1
            return state.processes
        }
        return SimulatedProcess(name, number: number, scheduler: self)
    }

    package var hash: ScheduleHash { state.withLock(\.hash) }
    package var jobs: Int { state.withLock(\.jobs) }
    /// Jobs that came from another thread or went to the global executor: they are under nobody's control.
    package var escapes: [String] { state.withLock(\.escapes) }
    /// Tasks that have not ended.
    package var openTasks: Int { state.withLock(\.open) }

    /// Makes something that happened outside of jobs a part of the schedule's hash.
    package func note(_ number: UInt64) {
        state.withLock { $0.hash.mix(number) }
    }

    /// Runs until the condition holds, on the thread that made this scheduler.
    package func run(atMost limit: Int = 20_000_000, until isDone: () -> Bool) -> End {
        GlobalEnqueues.watch { [weak self] in
            self?.state.withLock { $0.escapes.append("a job went to the global executor") }
        }
        defer { GlobalEnqueues.watch(nil) }
        let end = jobs + limit
        while !isDone() {
            if runOne() { continue }
            guard jobs < end else { return .endless }
            if clock.advanceToNext() {
                let now = clock.elapsed.components
                note(UInt64(bitPattern: now.seconds &* 1_000_000_000 &+ now.attoseconds / 1_000_000_000))
                continue
            }
            return .stalled
        }
        return .done
    }

    private func runOne() -> Bool {
        let next = state.withLock { state -> Ready? in
            let count = state.ready.count
            guard count > 0 else { return nil }
            var index = 0
            if count > 1 {
                index = Int(truncatingIfNeeded: (state.random.next() >> 32) &* UInt64(count) >> 32)
                state.ready.swapAt(index, count - 1)
            }
            let next = state.ready.removeLast()
            state.jobs += 1
            state.hash.mix(UInt64(truncatingIfNeeded: next.process.number << 20 | count << 10 | index))
            return next
        }
        guard let next else { return false }
        unsafe next.job.runSynchronously(on: next.process.asUnownedTaskExecutor())
        return true
    }

    // MARK: - Processes

    func enqueue(_ job: UnownedJob, of process: SimulatedProcess) {
        let isForeign = ThreadID.current != thread
        state.withLock { state in
            if isForeign { state.escapes.append("\(process.name): a job came from another thread") }
            let ready = Ready(process: process, job: job)
            if state.parked.isEmpty || state.parked[process.number] == nil {
                state.ready.append(ready)
            } else {
                state.parked[process.number]?.append(ready)
            }
        }
    }

    func isStopped(_ process: SimulatedProcess) -> Bool {
        state.withLock { $0.parked[process.number] != nil }
    }

    func setStopped(_ process: SimulatedProcess, _ isStopped: Bool) {
        state.withLock { state in
            if isStopped {
                guard state.parked[process.number] == nil else { return }
                state.parked[process.number] = state.ready.filter { $0.process === process }
                state.ready.removeAll { $0.process === process }
            } else {
                state.ready += state.parked.removeValue(forKey: process.number) ?? []
            }
        }
    }

    func began() {
        state.withLock { $0.open += 1 }
    }

    func ended() {
        state.withLock { $0.open -= 1 }
    }
}
