/// The emulated Entra ID: who may have tokens, for what, and how long they live.
package struct EntraConfiguration: Sendable, Decodable {
    /// Of the token endpoint; 0 takes any free port.
    package var port: Int
    /// Of the managed identity endpoints, which speak plain http as on a real machine; 0 takes any free port.
    package var identityPort: Int
    /// The life of a token that a client asked for itself.
    package var tokenSeconds: Int
    /// The life of a token of a managed identity.
    package var managedTokenSeconds: Int
    /// What tokens can be had for, without `/.default`.
    package var audiences: [String]
    /// What App Service gives its programs as `IDENTITY_HEADER`; none makes one up.
    package var identityHeader: String?
    package var tenants: [EntraTenantSeed]
    package var identities: [ManagedIdentitySeed]

    /// The names under which requests reach the directory, as others are reached by the name of their resource.
    package static let doorName = "entra"
    package static let identityDoorName = "identity"
    package static let cognitiveServices = "https://cognitiveservices.azure.com"

    package init(
        port: Int = 0,
        identityPort: Int = 0,
        tokenSeconds: Int = 3_599,
        managedTokenSeconds: Int = 86_399,
        audiences: [String] = [cognitiveServices],
        identityHeader: String? = nil,
        tenants: [EntraTenantSeed] = [],
        identities: [ManagedIdentitySeed] = []
    ) {
        self.port = port
        self.identityPort = identityPort
        self.tokenSeconds = tokenSeconds
        self.managedTokenSeconds = managedTokenSeconds
        self.audiences = audiences
        self.identityHeader = identityHeader
        self.tenants = tenants
        self.identities = identities
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case port, identityPort, tokenSeconds, managedTokenSeconds, audiences, identityHeader, tenants, identities
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let usual = EntraConfiguration()
        port = try values.decode(.port, in: 0...65_535, usual: 0)
        identityPort = try values.decode(.identityPort, in: 0...65_535, usual: 0)
        tokenSeconds = try values.decode(.tokenSeconds, in: 0...100_000_000, usual: usual.tokenSeconds)
        managedTokenSeconds = try values.decode(
            .managedTokenSeconds,
            in: 0...100_000_000,
            usual: usual.managedTokenSeconds
        )
        audiences = try values.decodeIfPresent([String].self, forKey: .audiences) ?? usual.audiences
        identityHeader = try values.decodeIfPresent(String.self, forKey: .identityHeader)
        tenants = try values.decodeIfPresent([EntraTenantSeed].self, forKey: .tenants) ?? []
        identities = try values.decodeIfPresent([ManagedIdentitySeed].self, forKey: .identities) ?? []
    }
}
