import CopyRuntime
import ServiceLifecycle

/// Ties the engine to the life of the process: a signal drains it.
struct WorkerService: Service {
    let worker: Worker

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run() }
            group.addTask {
                try await gracefulShutdown()
                await worker.drain()
                // The engine's own end ends the group.
                try await Task.sleep(for: .seconds(24 * 3600))
            }
            try await group.next()
            group.cancelAll()
        }
    }
}
