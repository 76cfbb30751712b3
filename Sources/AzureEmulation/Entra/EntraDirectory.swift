/// The emulated Entra ID: its applications, its identities and the tokens that it gave out.
struct EntraDirectory: Sendable {
    /// The name by which faults and reports know the doors of the directory.
    static let name = EntraConfiguration.doorName
    /// The doors by which it is reached: that of the token endpoint and that of managed identities.
    static let doorNames: Set = [name, EntraConfiguration.identityDoorName]
    /// The number of the directory where a request names its resource; resources count from 0.
    static let door = -2

    let identityHeader: String
    let tokenSeconds: Int
    let managedTokenSeconds: Int
    let audiences: [String]
    let identities: [ManagedIdentitySeed]
    private(set) var tenants: [EntraTenantSeed]
    private var tokens: [String: AccessToken] = [:]

    init(_ configuration: EntraConfiguration, random: inout SplitMix64) {
        identityHeader = configuration.identityHeader ?? random.guid()
        tokenSeconds = configuration.tokenSeconds
        managedTokenSeconds = configuration.managedTokenSeconds
        audiences = configuration.audiences
        identities = configuration.identities.map { seed in
            var identity = seed
            identity.objectId = seed.objectId ?? random.guid()
            return identity
        }
        tenants = configuration.tenants
    }

    /// The tenant that a path names by id or domain.
    func tenant(_ name: String) -> EntraTenantSeed? {
        tenants.first { $0.id.isSame(as: name) || $0.domain?.isSame(as: name) == true }
    }

    /// The audience that a caller spells with or without its last slash.
    func audience(_ name: String) -> String? {
        audiences.first { $0.withoutLastSlash.isSame(as: name.withoutLastSlash) }
    }

    // MARK: - Tokens

    mutating func issue(_ token: AccessToken, random: inout SplitMix64) -> String {
        let text = [24, 48, 32].map { Hexadecimal.text(random.bytes($0)) }.joined(separator: ".")
        tokens[text] = token
        return text
    }

    /// The token of this text as long as it lives.
    func token(_ text: String, at now: Moment) -> AccessToken? {
        tokens[text].flatMap { now < $0.expiresAt ? $0 : nil }
    }

    /// Ends the tokens of `client`, or all of them.
    ///
    /// - Returns: how many.
    mutating func revoke(client: String?) -> Int {
        let count = tokens.count
        if let client {
            tokens = tokens.filter { !$0.value.clientID.isSame(as: client) }
        } else {
            tokens = [:]
        }
        return count - tokens.count
    }

    // MARK: - Rotation

    /// Replaces the secrets of an application; false when no tenant has it.
    mutating func replaceSecrets(of client: String, with secrets: [String]) -> Bool {
        var known = false
        for tenant in tenants.indices {
            for index in tenants[tenant].clients.indices where tenants[tenant].clients[index].id.isSame(as: client) {
                tenants[tenant].clients[index].secrets = secrets
                known = true
            }
        }
        return known
    }
}

extension String {
    /// Ids and URIs of the directory do not know letter case.
    func isSame(as other: String) -> Bool {
        lowercased() == other.lowercased()
    }

    var withoutLastSlash: String {
        hasSuffix("/") ? String(dropLast()) : self
    }
}
