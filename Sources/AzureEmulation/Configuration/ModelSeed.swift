/// A trained model that a resource has from the start.
package struct ModelSeed: Sendable, Decodable {
    package var id: String?
    package var name: String?
    /// The API version it was trained with; only v2.1 models have a name.
    package var version: String
    package var status: String
    package var labelled: Bool

    package init(
        id: String? = nil,
        name: String? = nil,
        version: String = "v2.1",
        status: String = "ready",
        labelled: Bool = true
    ) {
        self.id = id
        self.name = name
        self.version = version
        self.status = status
        self.labelled = labelled
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, name, version, status, labelled
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decodeIfPresent(String.self, forKey: .id)
        name = try values.decodeIfPresent(String.self, forKey: .name)
        version = try values.decodeIfPresent(String.self, forKey: .version) ?? "v2.1"
        status = try values.decodeIfPresent(String.self, forKey: .status) ?? "ready"
        labelled = try values.decodeIfPresent(Bool.self, forKey: .labelled) ?? true
        guard ["creating", "ready", "invalid"].contains(status) else {
            throw DecodingError.dataCorruptedError(
                forKey: .status,
                in: values,
                debugDescription: "'\(status)' is none of creating, ready, invalid."
            )
        }
    }
}
