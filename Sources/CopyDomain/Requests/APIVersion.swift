/// An API generation this worker speaks; the raw value is the spelling in requests, configuration and URLs.
package enum APIVersion: String, Codable, CaseIterable, Sendable {
    case formRecognizer2_0Preview = "v2.0-preview"
    case formRecognizer2_0 = "v2.0"
    case formRecognizer2_1 = "v2.1"
    case documentIntelligence3_0 = "2022-08-31"
    case documentIntelligence3_1 = "2023-07-31"
    case documentIntelligence4_0 = "2024-11-30"
    case customVision3_3 = "v3.3"
    case customVision3_4Preview = "v3.4-preview"

    package var family: CopyFamily {
        switch self {
        case .formRecognizer2_0Preview, .formRecognizer2_0, .formRecognizer2_1: .formRecognizer
        case .documentIntelligence3_0, .documentIntelligence3_1, .documentIntelligence4_0: .documentIntelligence
        case .customVision3_3, .customVision3_4Preview: .customVision
        }
    }

    /// What can be copied with this version.
    package var kinds: [CopyKind] {
        switch self {
        case .formRecognizer2_0Preview, .formRecognizer2_0, .formRecognizer2_1, .documentIntelligence3_0,
            .documentIntelligence3_1:
            [.documentModel]
        case .documentIntelligence4_0: [.documentModel, .documentClassifier]
        case .customVision3_3, .customVision3_4Preview: [.visionProject]
        }
    }

    /// When Azure switches the version off, or was to (azure-copy-apis.md 4 and 7.6); `nil`: no date is known.
    package var retirement: Retirement? {
        switch self {
        // The preview went with the version it was a preview of.
        case .formRecognizer2_0Preview, .formRecognizer2_0:
            Retirement(date: "2026-08-31", begins: Timestamp(milliseconds: 1_788_134_400_000))
        case .formRecognizer2_1:
            Retirement(date: "2027-09-15", begins: Timestamp(milliseconds: 1_820_966_400_000))
        case .documentIntelligence3_0:
            Retirement(date: "2029-03-30", begins: Timestamp(milliseconds: 1_869_523_200_000))
        case .documentIntelligence3_1, .documentIntelligence4_0: nil
        case .customVision3_3, .customVision3_4Preview:
            Retirement(date: "2028-09-25", begins: Timestamp(milliseconds: 1_853_452_800_000))
        }
    }
}

/// The day on which Azure switches something off.
package struct Retirement: Hashable, Sendable {
    /// How long before the day people are warned.
    static let notice: Duration = .seconds(365 * 24 * 3600)

    /// `yyyy-mm-dd`
    package let date: String
    /// The beginning of that day, UTC.
    package let begins: Timestamp

    /// A sentence of warning when the day has come or is near.
    func warning(of version: APIVersion, at now: Timestamp) -> String? {
        guard now + Self.notice >= begins else { return nil }
        let verb = now >= begins ? "was to retire" : "will retire"
        return "Azure \(verb) API version \(version.rawValue) on \(date)."
    }
}
