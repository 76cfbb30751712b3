import CopyDomain
import FoundationEssentials

/// JSON bodies, written and read in one way.
enum JSONBody {
    /// Keys in order and slashes as they are, so that the same call is always the same bytes.
    static func encode(_ value: some Encodable) throws(CallFailure) -> Secret {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Secret(String(decoding: try encoder.encode(value), as: UTF8.self))
        } catch {
            throw CallFailure(
                fate: .refused,
                code: .requestRefused,
                message: "The body of a call could not be written as JSON."
            )
        }
    }

    /// The value, or `nil` when the body is not JSON of that shape. Members that are not asked for do not matter.
    static func decode<Value: Decodable>(_ type: Value.Type, from body: [UInt8]) -> Value? {
        try? JSONDecoder().decode(type, from: Data(body))
    }
}
