extension Decoder {
    /// Refuses members that `keys` does not name, so that a misspelt setting is an error and not a default.
    func refuseUnknownKeys<Keys: CodingKey & CaseIterable>(_ keys: Keys.Type) throws {
        let known = Set(keys.allCases.map(\.stringValue))
        let container = try container(keyedBy: AnyKey.self)
        for key in container.allKeys.map(\.stringValue).sorted() where !known.contains(key) {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: codingPath,
                    debugDescription:
                        "'\(key)' is no setting here; known are \(known.sorted().joined(separator: ", "))."
                )
            )
        }
    }
}

private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init?(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        nil
    }
}

extension DecodingError {
    /// What is wrong and where, in one sentence.
    var sentence: String {
        switch self {
        case .dataCorrupted(let context): Self.sentence(context)
        case .keyNotFound(let key, let context): Self.sentence(context, "'\(key.stringValue)' is missing.")
        case .typeMismatch(_, let context), .valueNotFound(_, let context): Self.sentence(context)
        @unknown default: "the JSON cannot be read"
        }
    }

    private static func sentence(_ context: Context, _ text: String? = nil) -> String {
        let path = context.codingPath.map { key in
            key.intValue.map { "[\($0)]" } ?? key.stringValue
        }.joined(separator: ".")
        return (path.isEmpty ? "" : "\(path): ") + (text ?? context.debugDescription)
    }
}
