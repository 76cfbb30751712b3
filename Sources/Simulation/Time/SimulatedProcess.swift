import Synchronization

/// A process of a simulated world: its tasks run nowhere but here, and not at all while it is stopped.
package final class SimulatedProcess: TaskExecutor {
    package let name: String
    let number: Int
    private let scheduler: Scheduler

    init(_ name: String, number: Int, scheduler: Scheduler) {
        self.name = name
        self.number = number
        self.scheduler = scheduler
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        scheduler.enqueue(UnownedJob(job), of: self)
    }

    /// SIGSTOP and SIGCONT. What others hand to it meanwhile waits.
    package var isStopped: Bool {
        get { scheduler.isStopped(self) }
        set { scheduler.setStopped(self, newValue) }
    }

    /// Begins a task of this process.
    package func begin(_ body: @escaping @Sendable () async -> Void) {
        scheduler.began()
        let scheduler = scheduler
        // Its end is counted by the scheduler, which waits for all of them.
        Task(executorPreference: self) {
            await body()
            scheduler.ended()
        }
    }
}
