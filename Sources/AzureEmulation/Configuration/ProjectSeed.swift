/// A Custom Vision project that a resource has from the start.
package struct ProjectSeed: Sendable, Decodable {
    package var id: String?
    package var name: String
    package var description: String
    package var tags: [String]
    package var images: Int
    package var untaggedImages: Int
    package var iterations: Int
    /// A project in training cannot be exported (azure-copy-apis.md 7.4).
    package var training: Bool

    package init(
        id: String? = nil,
        name: String,
        description: String = "",
        tags: [String] = ["Tag1", "Tag2"],
        images: Int = 10,
        untaggedImages: Int = 0,
        iterations: Int = 1,
        training: Bool = false
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.tags = tags
        self.images = images
        self.untaggedImages = untaggedImages
        self.iterations = iterations
        self.training = training
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, name, description, tags, images, untaggedImages, iterations, training
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let usual = ProjectSeed(name: try values.decode(String.self, forKey: .name))
        id = try values.decodeIfPresent(String.self, forKey: .id)
        name = usual.name
        description = try values.decodeIfPresent(String.self, forKey: .description) ?? usual.description
        tags = try values.decodeIfPresent([String].self, forKey: .tags) ?? usual.tags
        images = try values.decode(.images, in: 0...100_000, usual: usual.images)
        untaggedImages = try values.decode(.untaggedImages, in: 0...100_000, usual: 0)
        iterations = try values.decode(.iterations, in: 0...100, usual: usual.iterations)
        training = try values.decodeIfPresent(Bool.self, forKey: .training) ?? usual.training
    }
}
