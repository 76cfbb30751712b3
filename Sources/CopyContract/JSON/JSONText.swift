/// Writes JSON so that equal values give equal bytes: no white space, no escaped slashes, UTF-8 as it is.
package enum JSONText {
    package enum FieldOrder: Sendable {
        case asGiven
        /// By the bytes of the names, at every level.
        case sorted
    }

    /// As one line of text.
    package static func line(_ value: JSONValue) -> String { String(decoding: encode(value), as: UTF8.self) }

    package static func encode(_ value: JSONValue, fields order: FieldOrder = .asGiven) -> [UInt8] {
        var bytes: [UInt8] = []
        append(value, to: &bytes, order)
        return bytes
    }

    private static func append(_ value: JSONValue, to bytes: inout [UInt8], _ order: FieldOrder) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .number(let literal): bytes += literal.utf8
        case .string(let text): append(text, to: &bytes)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(value, to: &bytes, order)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let fields):
            bytes.append(UInt8(ascii: "{"))
            for (index, field) in ordered(fields, order).enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(field.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                append(field.value, to: &bytes, order)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func ordered(_ fields: [JSONField], _ order: FieldOrder) -> [JSONField] {
        switch order {
        case .asGiven: fields
        case .sorted: fields.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes += #"\""#.utf8
            case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
            case 0x08: bytes += #"\b"#.utf8
            case 0x09: bytes += #"\t"#.utf8
            case 0x0A: bytes += #"\n"#.utf8
            case 0x0C: bytes += #"\f"#.utf8
            case 0x0D: bytes += #"\r"#.utf8
            case 0..<0x20: bytes += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
