import AsyncHTTPClient
import AzureEmulation
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// An emulator whose clock stands still, and what tests do with it.
struct TestAzure: Sendable {
    let emulator: AzureEmulator

    /// 2026-11-21T10:00:00.1234567Z
    static let start = Moment(nanoseconds: 1_795_255_200_123_456_700)

    static let west = ResourceConfiguration(
        name: "west",
        keys: ["west-key", "west-key-2"],
        armId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/west",
        region: "westus2",
        models: .listed([
            ModelSeed(id: source, name: "invoices"),
            ModelSeed(id: unlabelled, name: "plain", labelled: false),
        ]),
        projects: .listed([
            ProjectSeed(id: project, name: "Pets", description: "Cats and dogs"),
            ProjectSeed(id: busyProject, name: "Busy", training: true),
        ])
    )

    static let east = ResourceConfiguration(
        name: "east",
        keys: ["east-key"],
        armId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/east",
        region: "eastus"
    )

    static let source = "eccc3f13-8289-4020-ba16-9f1d1374e96f"
    static let unlabelled = "16ef49bf-d905-4759-a75d-9bf77acf38bc"
    static let project = "0901d86b-f227-43e0-9630-d172ccfd41e5"
    static let busyProject = "7a3d5492-1a83-4ff6-b38f-66c76efa2955"

    /// Runs `body` with the two resources west and east, 10 s copies and a clock that only tests move.
    static func run(
        west: ResourceConfiguration = west,
        east: ResourceConfiguration = east,
        copy: CopySettings = CopySettings(seconds: 10, spread: 0, runningShare: 0.2),
        _ body: (TestAzure) async throws -> Void
    ) async throws {
        let configuration = EmulatorConfiguration(copy: copy, resources: [west, east])
        try await AzureEmulator.run(configuration, clock: EmulatedClock(frozenAt: start)) { emulator in
            try await body(TestAzure(emulator: emulator))
        }
    }

    func advance(_ seconds: Double) {
        emulator.clock.advance(seconds: seconds)
    }

    func endpoint(_ resource: String) -> String {
        emulator.endpoint(of: resource) ?? "no resource \(resource)"
    }

    // MARK: - Calls

    func call(
        _ method: String,
        _ url: String,
        headers: [String: String] = [:],
        body: String? = nil
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        let bytes = try await response.body.collect(upTo: 16 * 1_048_576)
        return Reply(status: Int(response.status.code), headers: response.headers, text: String(buffer: bytes))
    }

    /// A Form Recognizer call with the resource's key; `path` begins after `/formrecognizer/`.
    func recognizer(
        _ method: String,
        _ resource: String,
        _ path: String,
        id: String? = nil,
        body: String? = nil
    ) async throws -> Reply {
        var headers = ["Ocp-Apim-Subscription-Key": "\(resource)-key"]
        headers["x-ms-client-request-id"] = id
        if body != nil { headers["Content-Type"] = "application/json" }
        return try await call(
            method,
            "\(endpoint(resource))/formrecognizer/\(path)",
            headers: headers,
            body: body
        )
    }

    /// A Custom Vision call with the resource's key; `path` begins after `training/`.
    func vision(
        _ method: String,
        _ resource: String,
        _ path: String,
        version: String = "v3.3",
        id: String? = nil,
        body: String? = nil
    ) async throws -> Reply {
        var headers = ["Training-Key": "\(resource)-key", "Accept": "application/json"]
        headers["x-ms-client-request-id"] = id
        return try await call(
            method,
            "\(endpoint(resource))/customvision/\(version)/training/\(path)",
            headers: headers,
            body: body
        )
    }

    func admin(_ method: String, _ path: String, _ body: String? = nil) async throws -> Reply {
        try await call(method, "http://127.0.0.1:\(emulator.adminPort)\(path)", body: body)
    }

    func report() throws -> Look {
        try JSONDecoder().decode(Look.self, from: Data(emulator.reportText.utf8))
    }
}

extension TestAzure {
    func port(_ resource: String) -> Int {
        endpoint(resource).split(separator: ":").last.flatMap { Int($0) } ?? 0
    }
}
