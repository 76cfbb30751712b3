/// The version segments of Form Recognizer v2 (azure-copy-apis.md 1).
enum FormRecognizerVersion: String, Sendable, CaseIterable {
    case v2_0_preview = "v2.0-preview"
    case v2_0 = "v2.0"
    case v2_1_preview_1 = "v2.1-preview.1"
    case v2_1_preview_2 = "v2.1-preview.2"
    case v2_1_preview_3 = "v2.1-preview.3"
    case v2_1 = "v2.1"

    /// Model names and attributes came with v2.1 (azure-copy-apis.md 1.4).
    var hasNames: Bool {
        switch self {
        case .v2_0_preview, .v2_0: false
        case .v2_1_preview_1, .v2_1_preview_2, .v2_1_preview_3, .v2_1: true
        }
    }

    /// The services of 2020 sent JSON in chunks (recordings `fr-v2.0*`).
    var sendsChunks: Bool { !hasNames }

    /// May 2020 counted expirations in .NET ticks (azure-copy-apis.md 1.1).
    var countsTicks: Bool { self == .v2_0_preview }

    /// A version whose calls work as well, for locations that name another.
    var neighbour: FormRecognizerVersion { self == .v2_1 ? .v2_0 : .v2_1 }

    /// A succeeded copy's `copyResult` was empty in May 2020 (azure-copy-apis.md 1.3).
    var emptiesResult: Bool { self == .v2_0_preview }

    /// How a failed copy is told: by name until 2020, later by number (azure-copy-apis.md 3.1).
    var failsByNumber: Bool {
        switch self {
        case .v2_0_preview, .v2_0, .v2_1_preview_1: false
        case .v2_1_preview_2, .v2_1_preview_3, .v2_1: true
        }
    }
}
