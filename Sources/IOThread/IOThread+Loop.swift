import CIOThread
import Glibc
import Synchronization

extension IOThread {
    /// Starts the thread, which keeps `owner` alive until its loop is over.
    static func spawn(_ owner: IOThread) throws(IOThreadError) -> pthread_t {
        // Process signals are for other threads: here they would only interrupt poll.
        var all = sigset_t()
        var previous = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_SETMASK, &all, &previous)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &previous, nil) }

        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        // Address space only, touched as it is needed. A C library that decodes nested data by recursion decides how
        // much of it that is (128 KiB of nested tables: about 26,000 levels).
        unsafe pthread_attr_setstacksize(&attributes, 32 << 20)

        var thread = pthread_t()
        let retained = unsafe Unmanaged.passRetained(owner)
        let result = unsafe pthread_create(
            &thread,
            &attributes,
            { argument in
                guard let argument = unsafe argument else { return nil }
                let owner = unsafe Unmanaged<IOThread>.fromOpaque(argument).takeRetainedValue()
                owner.run()
                return nil
            },
            retained.toOpaque()
        )
        guard result == 0 else {
            unsafe retained.release()
            throw IOThreadError(number: result, call: "pthread_create")
        }
        return thread
    }

    private func run() {
        identity.store(pthread_self(), ordering: .relaxed)
        _ = unsafe acw_name_current_thread(name)
        repeat {
            state.withLock(\.pump)?.read()
            runJobs()
        } while sleep(state.withLock(\.pump)?.flush() ?? .untilWoken)
        let waiting = state.withLock { state in
            state.pump = nil
            return state.waitingForEnd
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Only those that wait now: what they enqueue comes after the next read.
    private func runJobs() {
        let jobs = state.withLock { state in
            var jobs: [Job] = []
            swap(&jobs, &state.jobs)
            return jobs
        }
        for job in jobs {
            switch job {
            case .task(let job): unsafe job.runSynchronously(on: asUnownedSerialExecutor())
            case .work(let work): work()
            }
        }
    }

    private enum Rest {
        case end, none, sleep
    }

    /// - Returns: whether there is a next turn.
    private func sleep(_ wait: IOWait) -> Bool {
        let milliseconds = wait.milliseconds
        let rest: Rest = state.withLock { state in
            guard state.jobs.isEmpty else { return .none }
            if state.isStopping {
                state.hasEnded = true
                return .end
            }
            defer { state.isWoken = false }
            guard milliseconds != 0, !state.isWoken else { return .none }
            state.isAsleep = true
            return .sleep
        }
        switch rest {
        case .end: return false
        case .none: return true
        case .sleep: break
        }
        // poll skips negative descriptors.
        var descriptors = (
            pollfd(fd: wake.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wait.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
        )
        unsafe withUnsafeMutablePointer(to: &descriptors) { pointer in
            unsafe pointer.withMemoryRebound(to: pollfd.self, capacity: 2) { _ = unsafe poll($0, 2, milliseconds) }
        }
        state.withLock { $0.isAsleep = false }
        if descriptors.0.revents != 0 { wake.clear() }
        return true
    }
}
