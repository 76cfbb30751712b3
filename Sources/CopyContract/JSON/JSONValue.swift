/// A JSON value as it was written: fields in their order, numbers as their text.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The literal, which is a JSON number.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([JSONField])
}

package struct JSONField: Hashable, Sendable {
    package let name: String
    package let value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }
}

// MARK: - Reading

extension JSONValue {
    /// The field of an object; `nil` when this is no object, when the field is absent, and when it is null.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let fields) = self else { return nil }
        // Names are compared as bytes: String's own equality holds U+212A for the letter K.
        let field = fields.first { $0.name.utf8.elementsEqual(name.utf8) }
        guard let value = field?.value, value != .null else { return nil }
        return value
    }

    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    package var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    package var integer: Int? {
        guard case .number(let literal) = self else { return nil }
        return Int(literal)
    }

    package var double: Double? {
        guard case .number(let literal) = self else { return nil }
        return Double(literal)
    }

    package var array: [JSONValue]? {
        guard case .array(let values) = self else { return nil }
        return values
    }

    package var object: [JSONField]? {
        guard case .object(let fields) = self else { return nil }
        return fields
    }

    /// For sentences: "an object", "a string", "null".
    package var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

// MARK: - Making

extension JSONValue {
    package static func integer(_ value: Int) -> JSONValue { .number(String(value)) }

    /// Seconds with exactly three decimals, e.g. `12.340`.
    package static func seconds(_ duration: Duration) -> JSONValue {
        let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
        let (whole, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
        return .number("\(milliseconds < 0 ? "-" : "")\(whole).\(zeroPadded(Int(rest), to: 3))")
    }

    /// An object of the fields that are there, in the order given.
    package static func fields(_ fields: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(fields.compactMap { name, value in value.map { JSONField(name, $0) } })
    }
}

/// Decimal digits with leading zeros; never shorter than the number.
func zeroPadded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
