import Glibc
import Synchronization

/// Tells of jobs that a thread hands to the global executor, where no seed decides their order.
enum GlobalEnqueues {
    // As the runtime declares them: a hook gets the job and what it stands in for.
    private typealias Original = @convention(thin) (UnownedJob) -> Void
    private typealias Hook = @convention(thin) (UnownedJob, Original) -> Void

    private struct Watch {
        let thread: ThreadID
        let tell: @Sendable () -> Void
    }

    private static let watches = Mutex<[Watch]>([])

    private static let isInstalled: Bool = {
        guard let symbol = unsafe dlsym(dlopen(nil, 0), "swift_task_enqueueGlobal_hook") else { return false }
        let hook: Hook = { job, original in
            let thread = ThreadID.current
            watches.withLock { watches in watches.first { $0.thread == thread } }?.tell()
            original(job)
        }
        unsafe symbol.assumingMemoryBound(to: Hook?.self).pointee = hook
        return true
    }()

    /// Watches this thread, until it is called with `nil`.
    static func watch(_ tell: (@Sendable () -> Void)?) {
        precondition(isInstalled, "this Swift runtime has no swift_task_enqueueGlobal_hook")
        let thread = ThreadID.current
        watches.withLock { watches in
            watches.removeAll { $0.thread == thread }
            if let tell { watches.append(Watch(thread: thread, tell: tell)) }
        }
    }
}

/// One thread of this process.
struct ThreadID: Hashable, Sendable {
    private let value: pthread_t

    static var current: ThreadID { ThreadID(value: pthread_self()) }
}
