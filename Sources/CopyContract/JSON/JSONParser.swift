/// Reads strict JSON: RFC 8259 in UTF-8, without byte order mark, duplicate names, or depth beyond 32 levels.
package struct JSONParser {
    /// Levels of arrays and objects.
    package static let depthLimit = 32
    /// Characters of one number.
    package static let numberLimit = 64

    let bytes: [UInt8]
    var position = 0
    private var path = JSONPath()
    private var depth = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        try TextEncodingCheck.run(bytes)
        var parser = JSONParser(bytes)
        parser.skipSpace()
        let value = try parser.value()
        parser.skipSpace()
        guard parser.position == bytes.count else { throw parser.malformed("something follows the end of the value") }
        return value
    }

    func malformed(_ message: String, at offset: Int? = nil) -> JSONSyntaxError {
        JSONSyntaxError(.malformed, message, path: path, offset: offset ?? position, in: bytes)
    }

    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    // MARK: - Values

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        guard let byte = current else { throw malformed("the text ends where a value should stand") }
        switch byte {
        case UInt8(ascii: "{"): return try nested { (parser) throws(JSONSyntaxError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { (parser) throws(JSONSyntaxError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw malformed("no JSON value begins like this")
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONSyntaxError) -> JSONValue
    ) throws(JSONSyntaxError) -> JSONValue {
        guard depth < Self.depthLimit else { throw malformed("nested deeper than \(Self.depthLimit) levels") }
        let outer = path
        depth += 1
        position += 1
        let value = try body(&self)
        depth -= 1
        path = outer
        return value
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw malformed("no JSON value begins like this") }
        position += word.utf8.count
        return value
    }

    // MARK: - Containers, after the opening bracket

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        var fields: [JSONField] = []
        // Only asked for membership; a linear search would let many fields cost quadratic time.
        var names: Set<[UInt8]> = []
        let here = path
        skipSpace()
        if consume("}") { return .object([]) }
        repeat {
            path = here
            skipSpace()
            let nameStart = position
            guard current == UInt8(ascii: "\"") else { throw malformed("a field's name in quotation marks is missing") }
            let name = try string()
            path = here.field(name)
            guard names.insert(Array(name.utf8)).inserted else {
                throw JSONSyntaxError(
                    .duplicateKey,
                    "the field stands here a second time",
                    path: path,
                    offset: nameStart,
                    in: bytes
                )
            }
            skipSpace()
            guard consume(":") else { throw malformed("a colon is missing after the field's name") }
            skipSpace()
            fields.append(JSONField(name, try value()))
            skipSpace()
        } while consume(",")
        guard consume("}") else { throw malformed("a comma or } is missing") }
        return .object(fields)
    }

    private mutating func array() throws(JSONSyntaxError) -> JSONValue {
        var values: [JSONValue] = []
        let here = path
        skipSpace()
        if consume("]") { return .array([]) }
        repeat {
            path = here.index(values.count)
            skipSpace()
            values.append(try value())
            skipSpace()
        } while consume(",")
        guard consume("]") else { throw malformed("a comma or ] is missing") }
        return .array(values)
    }

    private mutating func consume(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }
}
