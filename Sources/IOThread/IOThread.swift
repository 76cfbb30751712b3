import Glibc
import Synchronization

/// A thread that runs an actor's jobs and its input and output in turn, asleep in poll(2) in between.
///
/// A turn is: pump reads, run the jobs that are waiting, flush, poll. An actor whose `unownedExecutor` is this thread
/// may therefore own a library that must not be used from two threads, and the compiler holds everybody to it. The
/// actor keeps a strong reference (`UnownedSerialExecutor` does not) and stops the thread in its `isolated deinit`.
package final class IOThread: SerialExecutor {
    enum Job: Sendable {
        case task(UnownedJob)
        case work(@Sendable () -> Void)
    }

    struct State {
        var jobs: [Job] = []
        var pump: IOPump?
        /// The thread is in poll, or about to be, and nobody has woken it yet.
        var isAsleep = false
        /// Somebody has woken it although it was not asleep: it does not fall asleep before the pump was asked again.
        var isWoken = false
        var isStopping = false
        var hasEnded = false
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
        /// For pthread_join or pthread_detach, whichever comes: exactly one of them.
        var joinable: pthread_t?
    }

    let name: String
    let state = Mutex(State())
    let wake: WakeDescriptor
    /// pthread_self() of the thread; 0 before it runs.
    let identity = Atomic<UInt>(0)

    /// - Parameter name: shown by ps and debuggers; the kernel keeps 15 bytes.
    package init(name: String) throws(IOThreadError) {
        self.name = name
        wake = try WakeDescriptor()
        let thread = try Self.spawn(self)
        state.withLock { $0.joinable = thread }
    }

    deinit {
        if let thread = state.withLock({ $0.joinable }) { pthread_detach(thread) }
    }

    package var isCurrent: Bool {
        identity.load(ordering: .relaxed) == pthread_self()
    }

    /// Runs `work` on the thread, after the jobs that wait already.
    package func perform(_ work: @escaping @Sendable () -> Void) {
        add(.work(work))
    }

    /// The pump of all following turns; `nil`: none.
    package func attach(_ pump: IOPump?) {
        state.withLock { $0.pump = pump }
        if !isCurrent { wakeUp() }
    }

    /// Ends the sleep, so that the pump is asked again.
    package func wakeUp() {
        let mustSignal = state.withLock { state in
            if !state.isAsleep { state.isWoken = true }
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if mustSignal { wake.signal() }
    }

    /// Lets the thread end after the jobs that wait already. Nothing may be enqueued afterwards.
    package func requestStop() {
        state.withLock { $0.isStopping = true }
        wakeUp()
    }

    /// Stops the thread and waits until it is gone. Not from a job of the thread itself.
    package func stop() async {
        precondition(!isCurrent, "a thread cannot wait for its own end")
        requestStop()
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.waitingForEnd.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
        // Its loop is over: this waits for its last few instructions.
        if let thread = state.withLock({ $0.joinable.take() }) { pthread_join(thread, nil) }
    }
}

extension IOThread {
    package func enqueue(_ job: consuming ExecutorJob) {
        add(.task(UnownedJob(job)))
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        unsafe UnownedSerialExecutor(ordinary: self)
    }

    package func checkIsolated() {
        precondition(isCurrent, "called off the actor's thread")
    }

    package func isIsolatingCurrentContext() -> Bool? {
        isCurrent
    }

    private func add(_ job: Job) {
        let mustSignal = state.withLock { state in
            precondition(!state.hasEnded, "a job for a thread that was stopped")
            state.jobs.append(job)
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if mustSignal { wake.signal() }
    }
}
