/// A Document Intelligence model or classifier that a resource has from the start.
package struct DocumentSeed: Sendable, Decodable {
    package var id: String
    /// The API version it was built with; older ones do not show it.
    package var apiVersion: String
    /// Names of document types; none is one of the id's name.
    package var docTypes: [String]
    package var description: String?
    package var tags: [String: String]
    /// `expirationDateTime` as it is answered; nil is two years after the build.
    package var expiration: String?
    /// Else it is still being built.
    package var ready: Bool
    /// A copy has to be allowed to degrade (azure-copy-apis.md 3.3).
    package var encrypted: Bool

    package init(
        id: String,
        apiVersion: String = "2022-08-31",
        docTypes: [String] = [],
        description: String? = nil,
        tags: [String: String] = [:],
        expiration: String? = nil,
        ready: Bool = true,
        encrypted: Bool = false
    ) {
        self.id = id
        self.apiVersion = apiVersion
        self.docTypes = docTypes
        self.description = description
        self.tags = tags
        self.expiration = expiration
        self.ready = ready
        self.encrypted = encrypted
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, apiVersion, docTypes, description, tags, expiration, ready, encrypted
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let usual = DocumentSeed(id: try values.decode(String.self, forKey: .id))
        id = usual.id
        apiVersion = try values.decodeIfPresent(String.self, forKey: .apiVersion) ?? usual.apiVersion
        docTypes = try values.decodeIfPresent([String].self, forKey: .docTypes) ?? usual.docTypes
        description = try values.decodeIfPresent(String.self, forKey: .description)
        tags = try values.decodeIfPresent([String: String].self, forKey: .tags) ?? usual.tags
        expiration = try values.decodeIfPresent(String.self, forKey: .expiration)
        ready = try values.decodeIfPresent(Bool.self, forKey: .ready) ?? usual.ready
        encrypted = try values.decodeIfPresent(Bool.self, forKey: .encrypted) ?? usual.encrypted
    }
}
