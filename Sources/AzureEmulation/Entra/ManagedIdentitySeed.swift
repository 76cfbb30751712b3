/// An identity of the machine or the app that the identity endpoints serve.
package struct ManagedIdentitySeed: Sendable, Decodable {
    package var clientId: String
    package var tenant: String
    /// The principal; none makes one up.
    package var objectId: String?
    /// The ARM id of a user-assigned identity; the system's own has none.
    package var resourceId: String?

    package init(clientId: String, tenant: String, objectId: String? = nil, resourceId: String? = nil) {
        self.clientId = clientId
        self.tenant = tenant
        self.objectId = objectId
        self.resourceId = resourceId
    }

    /// Whether it is the one that is meant when nobody is named.
    var isSystemAssigned: Bool { resourceId == nil }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case clientId, tenant, objectId, resourceId
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        clientId = try values.decode(String.self, forKey: .clientId)
        tenant = try values.decode(String.self, forKey: .tenant)
        objectId = try values.decodeIfPresent(String.self, forKey: .objectId)
        resourceId = try values.decodeIfPresent(String.self, forKey: .resourceId)
    }
}
