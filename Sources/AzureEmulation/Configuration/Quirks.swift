/// Oddities of the real service that differ by date, region or guess.
package struct Quirks: Sendable, Decodable {
    /// Spell `expirationDateTimeTicks` as .NET ticks in every version; else only v2.0-preview does.
    package var ticks: Bool
    /// The version segment in Location and Operation-Location by the request's, e.g. v2.1-preview.2: v2.1-preview.1.
    package var versionDrift: [String: String]
    /// Refuse an import under a name that is taken; else it makes a second project of that name.
    package var refuseDuplicateNames: Bool
    /// How long an authorization or import token is good for.
    package var tokenSeconds: Double

    package init(
        ticks: Bool = false,
        versionDrift: [String: String] = [:],
        refuseDuplicateNames: Bool = false,
        tokenSeconds: Double = 86_400
    ) {
        self.ticks = ticks
        self.versionDrift = versionDrift
        self.refuseDuplicateNames = refuseDuplicateNames
        self.tokenSeconds = tokenSeconds
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case ticks, versionDrift, refuseDuplicateNames, tokenSeconds
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        ticks = try values.decodeIfPresent(Bool.self, forKey: .ticks) ?? false
        versionDrift = try values.decodeIfPresent([String: String].self, forKey: .versionDrift) ?? [:]
        refuseDuplicateNames = try values.decodeIfPresent(Bool.self, forKey: .refuseDuplicateNames) ?? false
        tokenSeconds = try values.decode(.tokenSeconds, in: 0...100_000_000, usual: 86_400)
    }
}
