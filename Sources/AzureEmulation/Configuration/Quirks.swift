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
    /// Answer `copyResult: {}` for every v2 copy that succeeded; else only v2.0-preview does.
    package var emptyCopyResult: Bool
    /// Leave `innerError` out of the errors of a failed v2 copy.
    package var plainCopyErrors: Bool
    /// Spell `innererror` as `innerError` (azure-copy-apis.md 3.2).
    package var camelCaseInnerError: Bool
    /// Answer 404 for the DELETE of a reserved id, and keep it reserved; else it is freed.
    package var keepReservations: Bool
    /// Refuse a used authorization with 403; else the copy is accepted and fails.
    package var refuseUsedAuthorizations: Bool
    /// How long an authorization of Document Intelligence is good for.
    package var documentTokenSeconds: Double
    /// How many items a page of Document Intelligence's lists has.
    package var pageSize: Int

    package init(
        ticks: Bool = false,
        versionDrift: [String: String] = [:],
        refuseDuplicateNames: Bool = false,
        tokenSeconds: Double = 86_400,
        emptyCopyResult: Bool = false,
        plainCopyErrors: Bool = false,
        camelCaseInnerError: Bool = false,
        keepReservations: Bool = false,
        refuseUsedAuthorizations: Bool = false,
        documentTokenSeconds: Double = 3_600,
        pageSize: Int = 50
    ) {
        self.ticks = ticks
        self.versionDrift = versionDrift
        self.refuseDuplicateNames = refuseDuplicateNames
        self.tokenSeconds = tokenSeconds
        self.emptyCopyResult = emptyCopyResult
        self.plainCopyErrors = plainCopyErrors
        self.camelCaseInnerError = camelCaseInnerError
        self.keepReservations = keepReservations
        self.refuseUsedAuthorizations = refuseUsedAuthorizations
        self.documentTokenSeconds = documentTokenSeconds
        self.pageSize = pageSize
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case ticks, versionDrift, refuseDuplicateNames, tokenSeconds, emptyCopyResult, plainCopyErrors
        case camelCaseInnerError, keepReservations, refuseUsedAuthorizations, documentTokenSeconds, pageSize
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        ticks = try values.decodeIfPresent(Bool.self, forKey: .ticks) ?? false
        versionDrift = try values.decodeIfPresent([String: String].self, forKey: .versionDrift) ?? [:]
        refuseDuplicateNames = try values.decodeIfPresent(Bool.self, forKey: .refuseDuplicateNames) ?? false
        tokenSeconds = try values.decode(.tokenSeconds, in: 0...100_000_000, usual: 86_400)
        emptyCopyResult = try values.decodeIfPresent(Bool.self, forKey: .emptyCopyResult) ?? false
        plainCopyErrors = try values.decodeIfPresent(Bool.self, forKey: .plainCopyErrors) ?? false
        camelCaseInnerError = try values.decodeIfPresent(Bool.self, forKey: .camelCaseInnerError) ?? false
        keepReservations = try values.decodeIfPresent(Bool.self, forKey: .keepReservations) ?? false
        refuseUsedAuthorizations = try values.decodeIfPresent(Bool.self, forKey: .refuseUsedAuthorizations) ?? false
        documentTokenSeconds = try values.decode(.documentTokenSeconds, in: 0...100_000_000, usual: 3_600)
        pageSize = try values.decode(.pageSize, in: 1...1_000, usual: 50)
    }
}
