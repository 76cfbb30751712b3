import Foundation

/// Entra ID in a world: two tenants, and in them an application or identity for every way to a token.
struct Directory: Sendable {
    /// How the worker has its tokens; the name of the credential in its configuration.
    enum Way: String, Sendable, CaseIterable {
        case clientSecret = "client-secret"
        case workload = "workload"
        case metadata = "metadata"
        case appService = "app-service"
        /// A client secret that Entra ID does not know.
        case wrongSecret = "wrong-secret"

        /// Of those that could be source and target of one copy the tenants differ.
        var tenant: String {
            switch self {
            case .clientSecret, .metadata: "11111111-2b1f-4f0e-9a44-5f6f1c3c7a01"
            case .workload, .appService, .wrongSecret: "22222222-2b1f-4f0e-9a44-5f6f1c3c7a02"
            }
        }

        var client: String {
            switch self {
            case .clientSecret: "aaaaaaaa-90ab-4b52-8a2b-6f1f4d6a0c11"
            case .workload: "bbbbbbbb-90ab-4b52-8a2b-6f1f4d6a0c12"
            case .metadata: "cccccccc-90ab-4b52-8a2b-6f1f4d6a0c13"
            case .appService: "dddddddd-90ab-4b52-8a2b-6f1f4d6a0c14"
            case .wrongSecret: "eeeeeeee-90ab-4b52-8a2b-6f1f4d6a0c15"
            }
        }
    }

    /// Name of a resource -> how its tokens are had; the others have keys.
    var ways: [String: Way]
    var tokenSeconds = 3_599
    let clientSecret = "canary-secret-\(UUID().uuidString)"
    let wrongSecret = "canary-wrong-\(UUID().uuidString)"
    let assertion = "canary.assertion.\(UUID().uuidString)"
    let identityHeader = "canary-header-\(UUID().uuidString)"

    init(_ ways: [String: Way]) {
        self.ways = ways
    }

    /// What must not be seen anywhere.
    var secrets: [String] { [clientSecret, wrongSecret, assertion, identityHeader] }

    // MARK: - The emulator's side

    var configuration: [String: Any] {
        let applications: [(way: Way, proof: [String: Any])] = [
            (.clientSecret, ["secrets": [clientSecret]]), (.workload, ["federated": [["token": assertion]]]),
            (.wrongSecret, ["secrets": ["another"]]),
        ]
        let tenants = Set(applications.map(\.way.tenant)).sorted().map { tenant -> [String: Any] in
            [
                "id": tenant,
                "clients": applications.filter { $0.way.tenant == tenant }.map { application in
                    application.proof.merging(["id": application.way.client]) { own, _ in own }
                },
            ]
        }
        return [
            "tokenSeconds": tokenSeconds, "managedTokenSeconds": tokenSeconds, "identityHeader": identityHeader,
            "tenants": tenants,
            "identities": [
                [
                    "clientId": Way.metadata.client, "tenant": Way.metadata.tenant,
                    "resourceId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/"
                        + "userAssignedIdentities/copier",
                ],
                ["clientId": Way.appService.client, "tenant": Way.appService.tenant],
            ],
        ]
    }

    /// Who may come to a resource with a token.
    func access(to resource: String) -> [String: any Sendable]? {
        ways[resource].map { ["tenant": $0.tenant, "clients": [$0.client]] }
    }

    // MARK: - The worker's side

    func writeSecrets(to folder: URL) throws {
        for (way, secret) in [
            (Way.clientSecret, clientSecret), (.wrongSecret, wrongSecret), (.workload, assertion),
        ] {
            try Data(secret.utf8).write(to: Self.secretFile(of: way, in: folder))
        }
    }

    static func secretFile(of way: Way, in folder: URL) -> URL { folder.appending(path: "\(way.rawValue).secret") }

    /// - Parameter doors: the emulator's word on where Entra ID and the metadata service are.
    func credentials(in folder: URL, doors: JSON) -> String {
        let used = Set(ways.values.map(\.rawValue)).sorted().compactMap(Way.init)
        return "credentials:\n"
            + used.map { way in
                let lines = lines(for: way, in: folder, doors: doors)
                return "  \(way.rawValue):\n" + lines.map { "    \($0)\n" }.joined()
            }.joined()
    }

    private func lines(for way: Way, in folder: URL, doors: JSON) -> [String] {
        let application = [
            "tenant: \(way.tenant)", "clientId: \(way.client)", "authority: \(doors["endpoint"].string ?? "")",
        ]
        let secretFile = Self.secretFile(of: way, in: folder).path
        return switch way {
        case .clientSecret, .wrongSecret:
            ["kind: client-secret", "clientSecretFile: \(secretFile)"] + application
        case .workload: ["kind: workload-identity", "tokenFile: \(secretFile)"] + application
        case .metadata:
            [
                "kind: managed-identity", "clientId: \(way.client)",
                "metadataEndpoint: \(doors["imdsEndpoint"].string ?? "")",
            ]
        case .appService: ["kind: managed-identity"]
        }
    }
}
