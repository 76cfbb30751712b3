import Foundation
import Testing

@Suite("Entra ID", .serialized)
struct EntraTests {
    private static let ways: [String: Directory.Way] = [
        World.source(0): .clientSecret, World.target(0): .workload, World.source(1): .metadata,
        World.target(1): .appService, World.target(2): .wrongSecret,
    ]

    @Test("every way to a token, between tenants, by https; tokens end and secrets change while copies run")
    func tokens() async throws {
        var directory = Directory(Self.ways)
        directory.tokenSeconds = 8
        var options = World.Options()
        options.targets = 3
        options.isSecure = true
        options.copySeconds = 16
        options.copySpread = 0.1
        options.directory = directory
        try await World.with(options) { [directory] world in
            // The doors that give tokens have their bad moments, too.
            for (call, fault) in [
                ("token", "throttle"), ("token", "error500"), ("imdsToken", "notFound"), ("imdsToken", "throttle"),
                ("appServiceToken", "error503"),
            ] {
                try await world.admin.post(
                    "/faults",
                    ["resource": "entra", "call": call, "fault": fault, "retryAfter": 1, "count": 1]
                )
            }
            let worker = try world.startWorker("worker")
            try await Client.with(world) { client in
                let requests = Family.allCases.flatMap { family in
                    (0..<2).map { family.request("\(family)-\($0)", source: $0, item: 0, target: $0) }
                }
                try await client.submit(all: requests)
                try await client.submit(Requests.document("refused", source: 0, item: 1, target: 2))
                let ids = requests.compactMap { $0["id"] as? String }
                _ = await eventually(within: .seconds(60)) {
                    client.events.count { $0.json["data"]["azureStatus"].string != nil } >= requests.count
                }
                let before = try await Self.issued("clientSecret", .clientSecret, in: world)
                try await Self.changeSecret(in: world)
                #expect(await client.waitForOutcomes(of: ids + ["refused"], within: .seconds(120)) == [])
                try await expectOnceEach(ids, client: client, world: world)

                let after = try await Self.issued("clientSecret", .clientSecret, in: world)
                #expect(after > before, "the new secret was never shown")
                let error = client.outcomes(of: "refused").first?.json["data"]["error"] ?? .absent
                #expect(error["code"].string == "credential_refused")
                #expect(error["message"].string?.contains("AADSTS7000215") == true)
                try await Self.judge(worker: worker, client: client, world: world, directory: directory)
            }
            #expect(worker.isRunning)
            await worker.killAndWait()
        }
    }

    /// In Entra ID first, then in the worker's file.
    private static func changeSecret(in world: World) async throws {
        let secret = "canary-changed-\(UUID().uuidString)"
        try await world.admin.post(
            "/entra/clients/\(Directory.Way.clientSecret.client)/secrets",
            ["secrets": [secret]]
        )
        let file = Directory.secretFile(of: .clientSecret, in: world.folder)
        try replace(file, with: secret)
    }

    private static func issued(_ kind: String, _ way: Directory.Way, in world: World) async throws -> Int {
        try await world.admin.report()["tokenRequests"][kind][way.client]["issued"].int ?? 0
    }

    private static func judge(worker: ProgramUnderTest, client: Client, world: World, directory: Directory) async throws
    {
        let report = try await world.admin.report()
        let kinds: [(kind: String, way: Directory.Way)] = [
            ("clientSecret", .clientSecret), ("federated", .workload), ("imds", .metadata),
            ("appService", .appService),
        ]
        let longest = client.outcomes.compactMap { $0.json["data"]["seconds"].double }.max() ?? 0
        for (kind, way) in kinds {
            let issued = try await issued(kind, way, in: world)
            #expect(issued >= 2, "\(way): one token cannot have been enough")
            // Half of a life, four seconds, lies between two; a slow machine may waste some.
            #expect(issued <= Int(longest / 2) + 2, "\(way): fetched too often")
        }
        #expect(report["tokenRequests"]["clientSecret"][Directory.Way.wrongSecret.client]["issued"].int ?? 0 == 0)
        for (resource, way) in ways where way != .wrongSecret {
            let headers = try await world.admin.get("/report/headers")[resource]
            #expect((headers["authorization"]["values"]["***"].int ?? 0) > 0, "\(resource)")
            #expect(headers["ocp-apim-subscription-key"].members.isEmpty, "\(resource)")
            #expect(headers["training-key"].members.isEmpty, "\(resource)")
        }
        let said = worker.log + client.events.map { String(decoding: $0.body, as: UTF8.self) }.joined()
        for secret in directory.secrets { #expect(!said.contains(secret)) }
    }
}

/// Puts a new text in place of a file's as most programs do: a new file, renamed over the old one.
func replace(_ file: URL, with text: String) throws {
    let fresh = file.appendingPathExtension("new")
    try Data(text.utf8).write(to: fresh)
    try move(fresh, over: file)
}

func move(_ fresh: URL, over file: URL) throws {
    guard unsafe rename(fresh.path, file.path) == 0 else {
        throw ProgramUnderTest.StartFailure(description: "\(file.path) could not be replaced: error \(errno)")
    }
}
