/// One emulated Azure AI resource; it serves every family on one port.
package struct ResourceConfiguration: Sendable, Decodable {
    package var name: String
    /// 0 takes any free port.
    package var port: Int
    /// The accepted keys; none makes one up.
    package var keys: [String]
    /// None makes one up from the name.
    package var armId: String?
    package var region: String
    package var models: SeedList<ModelSeed>
    package var projects: SeedList<ProjectSeed>
    /// Of Document Intelligence, v3 and later.
    package var documentModels: SeedList<DocumentSeed>
    package var documentClassifiers: SeedList<DocumentSeed>
    package var limits: Limits
    /// Calls per second; what is over is answered 429. None is no limit.
    package var rate: Rate?
    package var latency: Latency?
    package var quirks: Quirks
    /// Who may come with a token of Entra ID instead of a key.
    package var entra: ResourceAccess?
    /// An endpoint of the region without a subdomain of its own: it takes keys only.
    package var regional: Bool

    /// How much a resource holds (azure-copy-apis.md 4 and 7.6).
    package struct Limits: Sendable, Decodable {
        package var models: Int?
        package var projects: Int?
        package var documentModels: Int?

        package init(models: Int? = nil, projects: Int? = nil, documentModels: Int? = nil) {
            self.models = models
            self.projects = projects
            self.documentModels = documentModels
        }
    }

    /// Calls per second by group (azure-copy-apis.md 4).
    package struct Rate: Sendable, Decodable {
        package var management: Int?
        package var status: Int?
        package var list: Int?

        package init(management: Int? = nil, status: Int? = nil, list: Int? = nil) {
            self.management = management
            self.status = status
            self.list = list
        }
    }

    package init(
        name: String,
        port: Int = 0,
        keys: [String] = [],
        armId: String? = nil,
        region: String = "westus2",
        models: SeedList<ModelSeed> = .listed([]),
        projects: SeedList<ProjectSeed> = .listed([]),
        documentModels: SeedList<DocumentSeed> = .listed([]),
        documentClassifiers: SeedList<DocumentSeed> = .listed([]),
        limits: Limits = Limits(),
        rate: Rate? = nil,
        latency: Latency? = nil,
        quirks: Quirks = Quirks(),
        entra: ResourceAccess? = nil,
        regional: Bool = false
    ) {
        self.name = name
        self.port = port
        self.keys = keys
        self.armId = armId
        self.region = region
        self.models = models
        self.projects = projects
        self.documentModels = documentModels
        self.documentClassifiers = documentClassifiers
        self.limits = limits
        self.rate = rate
        self.latency = latency
        self.quirks = quirks
        self.entra = entra
        self.regional = regional
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name, port, key, keys, armId, region, models, projects, documentModels
        case documentClassifiers, limits, rate, latency, quirks, entra, regional
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        port = try values.decode(.port, in: 0...65_535, usual: 0)
        let key = try values.decodeIfPresent(String.self, forKey: .key)
        keys = (key.map { [$0] } ?? []) + (try values.decodeIfPresent([String].self, forKey: .keys) ?? [])
        armId = try values.decodeIfPresent(String.self, forKey: .armId)
        region = try values.decodeIfPresent(String.self, forKey: .region) ?? "westus2"
        models = try values.decodeIfPresent(SeedList<ModelSeed>.self, forKey: .models) ?? .listed([])
        projects = try values.decodeIfPresent(SeedList<ProjectSeed>.self, forKey: .projects) ?? .listed([])
        documentModels = try values.decodeIfPresent(SeedList<DocumentSeed>.self, forKey: .documentModels) ?? .listed([])
        documentClassifiers =
            try values.decodeIfPresent(SeedList<DocumentSeed>.self, forKey: .documentClassifiers) ?? .listed([])
        limits = try values.decodeIfPresent(Limits.self, forKey: .limits) ?? Limits()
        rate = try values.decodeIfPresent(Rate.self, forKey: .rate)
        latency = try values.decodeIfPresent(Latency.self, forKey: .latency)
        quirks = try values.decodeIfPresent(Quirks.self, forKey: .quirks) ?? Quirks()
        entra = try values.decodeIfPresent(ResourceAccess.self, forKey: .entra)
        regional = try values.decodeIfPresent(Bool.self, forKey: .regional) ?? false
    }
}
