package import AzureEmulation
import FoundationEssentials

/// Emulated resources whose clock stands still, and what tests do with them, in process or over HTTP.
package struct TestAzure: Sendable {
    package let azure: EmulatedAzure
    private let endpoints: @Sendable (String) -> String
    private let send: @Sendable (TestCall) async throws -> Reply

    /// A call by its whole URL; those to the host `admin` go to the admin port.
    package struct TestCall: Sendable {
        package let method: String
        package let url: String
        package let headers: [String: String]
        package let body: String?
    }

    package init(
        azure: EmulatedAzure,
        endpoints: @escaping @Sendable (String) -> String,
        send: @escaping @Sendable (TestCall) async throws -> Reply
    ) {
        self.azure = azure
        self.endpoints = endpoints
        self.send = send
    }

    /// 2026-11-21T10:00:00.1234567Z
    package static let start = Moment(nanoseconds: 1_795_255_200_123_456_700)

    package static let west = ResourceConfiguration(
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

    package static let east = ResourceConfiguration(
        name: "east",
        keys: ["east-key"],
        armId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/east",
        region: "eastus"
    )

    package static let source = "eccc3f13-8289-4020-ba16-9f1d1374e96f"
    package static let unlabelled = "16ef49bf-d905-4759-a75d-9bf77acf38bc"
    package static let project = "0901d86b-f227-43e0-9630-d172ccfd41e5"
    package static let busyProject = "7a3d5492-1a83-4ff6-b38f-66c76efa2955"

    /// Runs `body` in process with the two resources west and east, 10 s copies and a clock that only tests move.
    package static func run(
        west: ResourceConfiguration = west,
        east: ResourceConfiguration = east,
        copy: CopySettings = usualCopying,
        entra: EntraConfiguration? = nil,
        _ body: (TestAzure) async throws -> Void
    ) async throws {
        let configuration = EmulatorConfiguration(copy: copy, resources: [west, east], entra: entra)
        let azure = EmulatedAzure(configuration, clock: EmulatedClock(frozenAt: start))
        try await body(
            TestAzure(azure: azure, endpoints: { "https://\($0).emulated" }, send: { try await azure.reply($0) })
        )
    }

    package static let usualCopying = CopySettings(seconds: 10, spread: 0, runningShare: 0.2)

    package func advance(_ seconds: Double) {
        azure.clock.advance(seconds: seconds)
    }

    package func endpoint(_ resource: String) -> String {
        endpoints(resource)
    }

    // MARK: - Calls

    package func call(
        _ method: String,
        _ url: String,
        headers: [String: String] = [:],
        body: String? = nil
    ) async throws -> Reply {
        try await send(TestCall(method: method, url: url, headers: headers, body: body))
    }

    /// A Form Recognizer call with the resource's key; `path` begins after `/formrecognizer/`.
    package func recognizer(
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
    package func vision(
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

    package func admin(_ method: String, _ path: String, _ body: String? = nil) async throws -> Reply {
        try await call(method, endpoint("admin") + path, body: body)
    }

    package func report() throws -> Look {
        try JSONDecoder().decode(Look.self, from: Data(azure.reportText.utf8))
    }
}
