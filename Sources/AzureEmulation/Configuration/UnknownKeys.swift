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

extension KeyedDecodingContainer {
    /// Decodes a number that lies in `range`, or takes `usual` when the member is missing.
    func decode<Number: Decodable & Comparable>(
        _ key: Key,
        in range: ClosedRange<Number>,
        usual: Number
    ) throws -> Number {
        let number = try decodeIfPresent(Number.self, forKey: key) ?? usual
        guard range.contains(number) else {
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: self,
                debugDescription: "\(number) does not lie between \(range.lowerBound) and \(range.upperBound)."
            )
        }
        return number
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
