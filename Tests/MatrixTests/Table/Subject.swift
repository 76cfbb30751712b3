import CopyDomain

/// A kind in one API version: a row of the matrix.
struct Subject: Hashable, Sendable, CustomStringConvertible {
    let kind: CopyKind
    let version: APIVersion

    static let all: [Subject] = CopyKind.allCases.flatMap { kind in
        APIVersion.allCases.filter { $0.kinds.contains(kind) }.map { Subject(kind: kind, version: $0) }
    }

    /// One version of each family, and classifiers.
    static let leading = all.filter {
        [.formRecognizer2_1, .documentIntelligence4_0, .customVision3_3].contains($0.version)
    }

    static func all(of families: CopyFamily...) -> [Subject] {
        all.filter { families.contains($0.family) }
    }

    var family: CopyFamily { version.family }
    var description: String { "\(kind.rawValue) \(version.rawValue)" }
}
