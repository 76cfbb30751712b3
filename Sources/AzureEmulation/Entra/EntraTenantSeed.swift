/// A directory with the applications registered in it.
package struct EntraTenantSeed: Sendable, Decodable {
    package var id: String
    /// A verified domain, which paths may name instead of the id.
    package var domain: String?
    package var clients: [Client]

    /// An application and what it may prove itself with.
    package struct Client: Sendable, Decodable {
        package var id: String
        package var secrets: [String]
        package var federated: [FederatedCredential]

        package init(id: String, secrets: [String] = [], federated: [FederatedCredential] = []) {
            self.id = id
            self.secrets = secrets
            self.federated = federated
        }

        private enum CodingKeys: String, CodingKey, CaseIterable {
            case id, secrets, federated
        }

        package init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            id = try values.decode(String.self, forKey: .id)
            secrets = try values.decodeIfPresent([String].self, forKey: .secrets) ?? []
            federated = try values.decodeIfPresent([FederatedCredential].self, forKey: .federated) ?? []
        }
    }

    package init(id: String, domain: String? = nil, clients: [Client] = []) {
        self.id = id
        self.domain = domain
        self.clients = clients
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, domain, clients
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        domain = try values.decodeIfPresent(String.self, forKey: .domain)
        clients = try values.decodeIfPresent([Client].self, forKey: .clients) ?? []
    }
}
