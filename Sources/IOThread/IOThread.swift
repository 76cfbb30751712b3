import Glibc
import Synchronization

/// A thread that is the executor of one actor and sleeps in poll(2) on that actor's socket.
///
/// Each turn: the client reads what has arrived, jobs of the actor run, the client writes what they left to be
/// written, and the thread sleeps until the socket, a new job or the client's own time-out wakes it. C libraries that
/// must be used from one thread are thereby confined by the compiler.
///
/// The actor keeps the thread; the thread ends after the actor is gone (``stop()`` in its `deinit`), so that no job
/// ever finds it dead.
package final class IOThread: SerialExecutor {
    /// What a thread does between the jobs of its actor. Called on the thread only.
    package protocol Client: AnyObject, Sendable {
        /// Takes in everything that has arrived, without waiting.
        func read()
        /// Writes what is to be written, and says what to sleep on.
        func flush() -> Rest
    }

    /// What wakes a sleeping thread, besides its jobs.
    package struct Rest: Sendable {
        /// `nil`: only jobs.
        package var descriptor: Int32?
        /// `nil`: no time-out.
        package var timeout: Duration?

        package init(descriptor: Int32?, timeout: Duration?) {
            self.descriptor = descriptor
            self.timeout = timeout
        }
    }

    private struct State {
        var jobs: [UnownedJob] = []
        var isStopped = false
        var isAsleep = false
        weak var client: (any Client)?
        var thread: pthread_t?
    }

    private let name: String
    /// The two ends of a pipe: a byte in it ends the sleep.
    private let wakeup: Int32
    private let waker: Int32
    private let state = Mutex(State())
    /// When the thread last came out of its sleep, in nanoseconds of the monotonic clock; 0 while it sleeps.
    private let awakeSince = Atomic<UInt64>(0)

    /// - Parameter name: shown by the system's tools; cut to 15 bytes.
    package init(name: String) {
        self.name = String(name.prefix(15))
        var ends: [Int32] = [-1, -1]
        let status = unsafe pipe(&ends)
        precondition(status == 0, "the process has no file descriptor left for an I/O thread")
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (wakeup, waker) = (ends[0], ends[1])
        start()
    }

    deinit {
        close(wakeup)
        close(waker)
    }

    /// The client is held weakly: it is the actor, which holds the thread.
    package func attach(_ client: any Client) {
        state.withLock { $0.client = client }
        wake()
    }

    /// Lets the thread end after its last job.
    package func stop() {
        state.withLock { $0.isStopped = true }
        wake()
    }

    /// How long the present turn has lasted; `nil` while the thread sleeps.
    package var turnTime: Duration? {
        let since = awakeSince.load(ordering: .relaxed)
        guard since > 0 else { return nil }
        let now = Self.monotonicNanoseconds()
        return .nanoseconds(now > since ? now - since : 0)
    }

    // MARK: - Executor

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustWake = state.withLock { state in
            state.jobs.append(job)
            return state.isAsleep
        }
        if mustWake { wake() }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        unsafe UnownedSerialExecutor(ordinary: self)
    }

    package func checkIsolated() {
        let thread = state.withLock(\.thread)
        guard let thread, pthread_equal(thread, pthread_self()) != 0 else {
            preconditionFailure("not on the I/O thread \(name)")
        }
    }

    // MARK: - The thread

    private func start() {
        let me = unsafe Unmanaged.passRetained(self)
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { pointer in
                let thread = unsafe Unmanaged<IOThread>.fromOpaque(pointer!).takeRetainedValue()
                thread.main()
                return nil
            }, unsafe me.toOpaque()
        )
        precondition(status == 0, "the process can start no more threads")
        pthread_detach(thread)
    }

    private func main() {
        takeName()
        state.withLock { $0.thread = pthread_self() }
        awaken()
        while true {
            state.withLock(\.client)?.read()
            runJobs()
            let rest = state.withLock(\.client)?.flush() ?? Rest(descriptor: nil, timeout: nil)
            let hasEnded = state.withLock { $0.isStopped && $0.jobs.isEmpty }
            if hasEnded { return }
            sleep(rest)
        }
    }

    private func takeName() {
        let file = unsafe open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        var bytes = Array(name.utf8)
        _ = unsafe write(file, &bytes, bytes.count)
        close(file)
    }

    private func runJobs() {
        let jobs = state.withLock { state in
            defer { state.jobs = [] }
            return state.jobs
        }
        for job in jobs {
            unsafe job.runSynchronously(on: asUnownedSerialExecutor())
        }
    }

    private func sleep(_ rest: Rest) {
        let maySleep = state.withLock { state in
            state.isAsleep = state.jobs.isEmpty && !(state.isStopped)
            return state.isAsleep
        }
        guard maySleep else { return awaken() }
        awakeSince.store(0, ordering: .relaxed)
        var descriptors = [pollfd(fd: wakeup, events: Int16(POLLIN), revents: 0)]
        if let descriptor = rest.descriptor {
            descriptors.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        }
        // Rounded up: a time-out cut to 0 ms would spin.
        let milliseconds = rest.timeout.map { timeout in
            Int32(clamping: timeout.components.seconds * 1000 + timeout.components.attoseconds / 1_000_000_000_000_000 + 1)
        }
        _ = unsafe poll(&descriptors, nfds_t(descriptors.count), milliseconds ?? -1)
        state.withLock { $0.isAsleep = false }
        if descriptors[0].revents != 0 {
            var bytes = [UInt8](repeating: 0, count: 64)
            while unsafe Glibc.read(wakeup, &bytes, bytes.count) == bytes.count {}
        }
        awaken()
    }

    private func awaken() {
        awakeSince.store(Self.monotonicNanoseconds(), ordering: .relaxed)
    }

    private func wake() {
        // A full pipe wakes as well as one more byte would.
        var byte: UInt8 = 1
        _ = unsafe write(waker, &byte, 1)
    }

    private static func monotonicNanoseconds() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
