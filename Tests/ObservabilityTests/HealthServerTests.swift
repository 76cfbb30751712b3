import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTP1
import Observability
import Synchronization
import Testing

@Suite("Health server", .timeLimit(.minutes(1)))
struct HealthServerTests {
    @Test("/healthz and /readyz answer 200 when all is well")
    func good() async throws {
        try await withServer { server in
            let alive = try await server.get("/healthz")
            #expect(alive == Answer(200, #"{"status":"alive","reasons":[]}"#))
            let ready = try await server.get("/readyz")
            #expect(ready == Answer(200, #"{"status":"ready","reasons":[]}"#))
        }
    }

    @Test("/readyz answers 503 with every reason, and 200 again once they are gone")
    func notReady() async throws {
        try await withServer { server in
            server.readiness.withLock { $0.reasons = ["the consumer is not active", #"journal "x" is another"#] }
            let reasons = #"["the consumer is not active","journal \"x\" is another"]"#
            let notReady = try await server.get("/readyz")
            #expect(notReady == Answer(503, #"{"status":"not ready","reasons":\#(reasons)}"#))
            let alive = try await server.get("/healthz")
            #expect(alive.status == 200)
            server.readiness.withLock { $0 = HealthReport(notes: ["there is no key for east"]) }
            let inPart = try await server.get("/readyz")
            #expect(inPart == Answer(200, #"{"status":"ready","reasons":[],"notes":["there is no key for east"]}"#))

            server.readiness.withLock { $0 = HealthReport(load: .init(running: 12, waiting: 3, slots: 100)) }
            let busy = try await server.get("/readyz")
            let load = #"{"running":12,"waiting":3,"slots":100}"#
            #expect(busy == Answer(200, #"{"status":"ready","reasons":[],"load":\#(load)}"#))

            server.readiness.withLock { $0 = HealthReport() }
            let ready = try await server.get("/readyz")
            #expect(ready.status == 200)
        }
    }

    @Test("/healthz answers 503 when an owner thread no longer ticks")
    func stuck() async throws {
        try await withServer { server in
            server.health.withLock { $0.reasons = ["the publisher's thread has not ticked for 45 s"] }
            let answer = try await server.get("/healthz")
            #expect(answer.status == 503)
            #expect(answer.body.contains("has not ticked"))
        }
    }

    @Test("another path answers 404 and tells nothing")
    func unknownPath() async throws {
        try await withServer { server in
            let answer = try await server.get("/secrets")
            #expect(answer.status == 404)
        }
    }

    @Test("a port that is taken is an error")
    func portTaken() async throws {
        try await withServer { server in
            await #expect(throws: (any Error).self) {
                try await HealthServer(
                    host: "127.0.0.1",
                    port: server.port,
                    health: { HealthReport() },
                    readiness: { HealthReport() },
                    logger: quiet
                ).run()
            }
        }
    }

    /// Runs a server on a port of the system's choice, and expects that it ends when its task is cancelled.
    private func withServer(_ body: (RunningServer) async throws -> Void) async throws {
        let health = SharedReport()
        let readiness = SharedReport()
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = HealthServer(
            host: "127.0.0.1",
            port: 0,
            health: { health.withLock { $0 } },
            readiness: { readiness.withLock { $0 } },
            logger: quiet,
            onListening: { continuation.yield($0) }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await server.run() } catch is CancellationError {}
                continuation.finish()
            }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            #expect(port > 0)
            try await body(RunningServer(port: port, health: health, readiness: readiness))
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}

private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

private final class SharedReport: Sendable {
    private let report = Mutex(HealthReport())

    func withLock<Result>(_ body: (inout sending HealthReport) -> sending Result) -> sending Result {
        report.withLock(body)
    }
}

private struct Answer: Equatable {
    var status: UInt
    var body: String

    init(_ status: UInt, _ body: String) {
        self.status = status
        self.body = body
    }
}

private struct RunningServer {
    let port: Int
    let health: SharedReport
    let readiness: SharedReport

    func get(_ path: String) async throws -> Answer {
        let request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let body = try await response.body.collect(upTo: 1 << 16)
        let text = String(buffer: body)
        return Answer(response.status.code, text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }
}
