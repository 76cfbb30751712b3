import AsyncHTTPClient
import AzureEmulation
import AzureEmulationServer
import EmulationSupport
import NIOCore
import NIOHTTP1

/// ``TestAzure`` over HTTP.
enum ServedAzure {
    /// Runs `body` with the two resources west and east behind real ports.
    static func run(
        west: ResourceConfiguration = TestAzure.west,
        east: ResourceConfiguration = TestAzure.east,
        entra: EntraConfiguration? = nil,
        tls: ServerCertificate? = nil,
        client: HTTPClient = .shared,
        _ body: (TestAzure, AzureEmulator) async throws -> Void
    ) async throws {
        let configuration = EmulatorConfiguration(
            copy: TestAzure.usualCopying,
            resources: [west, east],
            entra: entra,
            tls: tls
        )
        let clock = EmulatedClock(frozenAt: TestAzure.start)
        try await AzureEmulator.run(configuration, clock: clock) { emulator in
            let azure = TestAzure(
                azure: emulator.azure,
                endpoints: { name in
                    switch name {
                    case "admin": "http://127.0.0.1:\(emulator.adminPort)"
                    case EntraConfiguration.doorName: emulator.directory?.endpoint ?? "no directory"
                    case EntraConfiguration.identityDoorName: emulator.directory?.identityEndpoint ?? "no directory"
                    case _: emulator.endpoint(of: name) ?? "no resource \(name)"
                    }
                },
                send: { try await send($0, with: client) }
            )
            try await body(azure, emulator)
        }
    }

    /// Runs `body` likewise, for tests that need no more than calls.
    static func run(
        west: ResourceConfiguration = TestAzure.west,
        east: ResourceConfiguration = TestAzure.east,
        _ body: (TestAzure) async throws -> Void
    ) async throws {
        try await run(west: west, east: east) { azure, _ in try await body(azure) }
    }

    private static func send(_ call: TestAzure.TestCall, with client: HTTPClient) async throws -> Reply {
        var request = HTTPClientRequest(url: call.url)
        request.method = HTTPMethod(rawValue: call.method)
        for (name, value) in call.headers { request.headers.add(name: name, value: value) }
        if let body = call.body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await client.execute(request, timeout: .seconds(20))
        let bytes = try await response.body.collect(upTo: 16 * 1_048_576)
        return Reply(
            status: Int(response.status.code),
            headers: HeaderList(response.headers.map { .init($0.name, $0.value) }),
            text: String(buffer: bytes)
        )
    }
}

extension TestAzure {
    func port(_ resource: String) -> Int {
        endpoint(resource).split(separator: ":").last.flatMap { Int($0) } ?? 0
    }
}
