import CopyRuntime
import ServiceLifecycle

/// Ties the engine to the life of the process: a signal drains it.
struct WorkerService: Service {
    private enum Part {
        case worker, shutdown
    }

    let worker: Worker

    func run() async throws {
        try await withThrowingTaskGroup(of: Part.self) { group in
            group.addTask {
                try await worker.run()
                return .worker
            }
            group.addTask {
                // Cancelled when the engine has ended by itself.
                guard (try? await gracefulShutdown()) != nil else { return .shutdown }
                await worker.drain()
                return .shutdown
            }
            while let part = try await group.next() {
                if part == .worker { group.cancelAll() }
            }
        }
    }
}
