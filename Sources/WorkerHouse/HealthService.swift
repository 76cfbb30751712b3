import Observability
import ServiceLifecycle

/// Serves health for as long as the process lives.
struct HealthService: Service {
    let server: HealthServer

    func run() async throws {
        try await server.run()
    }
}
