import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// Answers probes: `/healthz` says whether the process is alive, `/readyz` whether it can do its work.
///
/// 200 when the report is good, 503 otherwise, with `{"status": …, "reasons": […]}` in both cases; `notes` tell what is
/// wrong in part only, `load` how much there is to do. The two questions are put anew for every probe and have to be answered at once: they should read
/// values, not ask other systems.
package struct HealthServer: Sendable {
    package typealias Probe = @Sendable () async -> HealthReport

    private let host: String
    private let port: Int
    private let health: Probe
    private let readiness: Probe
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - port: 0 lets the system choose.
    ///   - onListening: Told the actual port once probes are answered.
    package init(
        host: String,
        port: Int,
        health: @escaping Probe,
        readiness: @escaping Probe,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        self.health = health
        self.readiness = readiness
        self.onListening = onListening
        var logger = logger
        // The library tells its own starts and stops at info; the program says what matters of that itself.
        logger.logLevel = max(logger.logLevel, .notice)
        self.logger = logger
    }

    /// Serves until the task is cancelled or its service group shuts down. Throws when the port cannot be had.
    package func run() async throws {
        let router = Router()
        let (health, readiness, onListening) = (health, readiness, onListening)
        router.get("/healthz") { _, _ in await health().response(good: "alive", bad: "stuck") }
        router.get("/readyz") { _, _ in await readiness().response(good: "ready", bad: "not ready") }
        let application = Application(
            router: router,
            server: .http1(configuration: HTTP1Channel.Configuration(idleTimeout: .seconds(30))),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                // Probes come one at a time; a flood of connections must not cost the worker its descriptors.
                availableConnectionsDelegate: MaximumAvailableConnections(64)
            ),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        try await application.run()
    }
}

extension HealthReport {
    func response(good: String, bad: String) -> Response {
        var body = JSONText()
        body.object { object in
            object.member("status", isGood ? good : bad)
            object.member("reasons") { value in
                value.array { array in
                    for reason in reasons { array.element { $0.string(reason) } }
                }
            }
            if !notes.isEmpty {
                object.member("notes") { value in
                    value.array { array in
                        for note in notes { array.element { $0.string(note) } }
                    }
                }
            }
            if let load {
                object.member("load") { value in
                    value.object { object in
                        object.member("running") { $0.literal("\(load.running)") }
                        object.member("waiting") { $0.literal("\(load.waiting)") }
                        object.member("slots") { $0.literal("\(load.slots)") }
                    }
                }
            }
        }
        return Response(
            status: isGood ? .ok : .serviceUnavailable,
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body.text + "\n"))
        )
    }
}
