/// One resource as it runs: its configuration with everything filled in.
struct EmulatedResource: Sendable {
    let name: String
    /// Replaced when an administrator rotates them.
    var keys: [String]
    let armId: String
    let region: String
    let limits: ResourceConfiguration.Limits
    let rate: ResourceConfiguration.Rate?
    let latency: Latency
    let quirks: Quirks
    /// Who may come with a token; nil lets nobody.
    let access: ResourceAccess?
    /// Reached by an endpoint of the region, which takes no tokens.
    let regional: Bool

    init(_ configuration: ResourceConfiguration, latency: Latency, random: inout SplitMix64) {
        name = configuration.name
        keys = configuration.keys.isEmpty ? [Hexadecimal.text(random.bytes(16))] : configuration.keys
        armId =
            configuration.armId
            ?? "/subscriptions/\(random.guid())/resourceGroups/emulated/providers/Microsoft.CognitiveServices/accounts/"
            + configuration.name
        region = configuration.region
        limits = configuration.limits
        rate = configuration.rate
        self.latency = configuration.latency ?? latency
        quirks = configuration.quirks
        access = configuration.entra
        regional = configuration.regional
    }

    var modelLimit: Int { limits.models ?? 5_000 }
    /// As `GET /info` showed it (azure-copy-apis.md 2.4).
    var documentModelLimit: Int { limits.documentModels ?? 20_000 }
    var projectLimit: Int { limits.projects ?? 100 }

    /// What `budget` allows in a second, or nil.
    func allowance(of budget: Call.Budget) -> Int? {
        switch budget {
        case .management: rate?.management
        case .status: rate?.status
        case .list: rate?.list
        }
    }
}
