/// The API versions of Document Intelligence (azure-copy-apis.md 2); their texts sort by age.
enum DocumentIntelligenceVersion: String, Sendable, CaseIterable {
    case v3_0 = "2022-08-31"
    case v3_1 = "2023-07-31"
    case v4_0 = "2024-11-30"

    /// The first segment of every path, in the service's spelling.
    var base: String {
        switch self {
        case .v3_0, .v3_1: "formrecognizer"
        case .v4_0: "documentintelligence"
        }
    }

    /// Classifiers came with v3.1 (azure-copy-apis.md 2.3).
    var hasClassifiers: Bool { self != .v3_0 }

    /// Copies of them came with v4 (azure-copy-apis.md 2.5).
    var copiesClassifiers: Bool { self == .v4_0 }

    /// Expirations, and the quota of neural builds, came with v3.1.
    var hasExpirations: Bool { self != .v3_0 }

    /// A copy is a model of its own date and name since v4 (azure-copy-apis.md 2.4).
    var renamesCopies: Bool { self == .v4_0 }

    /// Operations come indented and with a length since v4 (azure-copy-apis.md 2.3).
    var indentsOperations: Bool { self == .v4_0 }

    /// Summer 2022 showed a copy as running at once (azure-copy-apis.md 5).
    var runsAtOnce: Bool { self == .v3_0 }

    /// A version whose calls work as well, for locations that name another.
    var neighbour: DocumentIntelligenceVersion {
        switch self {
        case .v3_0, .v4_0: .v3_1
        case .v3_1: .v3_0
        }
    }

    /// Whether something built with `apiVersion` is shown: what is newer is not (azure-copy-apis.md 2.2).
    func shows(_ apiVersion: String) -> Bool {
        apiVersion <= rawValue
    }
}
