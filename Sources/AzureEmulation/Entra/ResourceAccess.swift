/// Which applications and identities may call a resource with a token.
package struct ResourceAccess: Sendable, Decodable {
    /// The tenant of the resource's subscription.
    package var tenant: String
    /// The client ids that have the role.
    package var clients: [String]
    package var audience: String

    package init(tenant: String, clients: [String], audience: String = EntraConfiguration.cognitiveServices) {
        self.tenant = tenant
        self.clients = clients
        self.audience = audience
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case tenant, clients, audience
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        tenant = try values.decode(String.self, forKey: .tenant)
        clients = try values.decodeIfPresent([String].self, forKey: .clients) ?? []
        audience =
            try values.decodeIfPresent(String.self, forKey: .audience) ?? EntraConfiguration.cognitiveServices
    }
}
