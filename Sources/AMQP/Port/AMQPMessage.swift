/// A message: body, the fourteen basic properties that this project uses, and the header table.
package struct AMQPMessage: Hashable, Sendable {
    package var body: [UInt8]
    package var contentType: String?
    package var contentEncoding: String?
    /// 2: survives a broker restart.
    package var deliveryMode: UInt8?
    package var priority: UInt8?
    package var correlationID: String?
    package var replyTo: String?
    /// Milliseconds, as text, as the broker wants it.
    package var expiration: String?
    package var messageID: String?
    /// Seconds since 1970 UTC.
    package var timestamp: UInt64?
    package var type: String?
    /// The broker closes the channel when this is not the connection's own user.
    package var userID: String?
    package var appID: String?
    package var headers: AMQPTable

    package init(body: [UInt8], headers: AMQPTable = [:]) {
        self.body = body
        self.headers = headers
    }
}

/// A field table. Order is the sender's.
package struct AMQPTable: Hashable, Sendable {
    package var fields: [Field]

    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: AMQPValue
    }

    package init(_ fields: [(String, AMQPValue)]) {
        self.fields = fields.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first field of that name. Setting replaces it in place, or appends; `nil` removes every field of that name.
    package subscript(name: String) -> AMQPValue? {
        get { fields.first { $0.name == name }?.value }
        set {
            guard let newValue else { return fields.removeAll { $0.name == name } }
            if let index = fields.firstIndex(where: { $0.name == name }) {
                fields[index] = Field(name: name, value: newValue)
            } else {
                fields.append(Field(name: name, value: newValue))
            }
        }
    }
}

extension AMQPTable: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, AMQPValue)...) {
        self.init(elements)
    }
}

package indirect enum AMQPValue: Hashable, Sendable {
    case boolean(Bool)
    case integer(Int64)
    case unsigned(UInt64)
    case double(Double)
    /// A long string that is valid UTF-8.
    case string(String)
    /// A long string or byte array that is not.
    case bytes([UInt8])
    /// Seconds since 1970 UTC.
    case timestamp(UInt64)
    case decimal(scale: UInt8, value: UInt32)
    case array([AMQPValue])
    case table(AMQPTable)
    case void

    /// The text of a string, or of bytes that happen to be UTF-8.
    package var text: String? {
        switch self {
        case .string(let text): text
        case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
        case .boolean, .integer, .unsigned, .double, .timestamp, .decimal, .array, .table, .void: nil
        }
    }

    package var number: Int64? {
        switch self {
        case .integer(let value): value
        case .unsigned(let value): Int64(exactly: value)
        case .boolean, .double, .string, .bytes, .timestamp, .decimal, .array, .table, .void: nil
        }
    }
}
