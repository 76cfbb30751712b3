import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// An answer as the caller sees it.
struct Reply: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let text: String

    /// One header's value.
    subscript(_ name: String) -> String? {
        headers.first(name: name)
    }

    /// All header names in lower case, in alphabetical order, without the connection's own.
    var headerNames: [String] {
        headers.map { $0.name.lowercased() }.filter { $0 != "connection" }.sorted()
    }

    /// Every member name of the body in the order of its appearance, those of nested objects too.
    var memberNames: [String] {
        text.matches(of: /"((?:[^"\\]|\\.)*)":/).map { String($0.output.1) }
    }

    func decoded<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

/// A JSON value to look into.
@dynamicMemberLookup
struct Look: Decodable, Sendable {
    private let value: Value

    private indirect enum Value: Sendable {
        case null, bool(Bool), number(Double), string(String), array([Look]), object([String: Look])
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private init(_ value: Value) {
        self.value = value
    }

    init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: Key.self) {
            var members: [String: Look] = [:]
            for key in object.allKeys { members[key.stringValue] = try object.decode(Look.self, forKey: key) }
            value = .object(members)
        } else if var list = try? decoder.unkeyedContainer() {
            var items: [Look] = []
            while !list.isAtEnd { items.append(try list.decode(Look.self)) }
            value = .array(items)
        } else {
            let single = try decoder.singleValueContainer()
            if single.decodeNil() {
                value = .null
            } else if let bool = try? single.decode(Bool.self) {
                value = .bool(bool)
            } else if let number = try? single.decode(Double.self) {
                value = .number(number)
            } else {
                value = .string(try single.decode(String.self))
            }
        }
    }

    subscript(dynamicMember name: String) -> Look {
        self[name]
    }

    subscript(_ name: String) -> Look {
        guard case .object(let members) = value else { return Look(.null) }
        return members[name] ?? Look(.null)
    }

    subscript(_ index: Int) -> Look {
        list.indices.contains(index) ? list[index] : Look(.null)
    }

    var list: [Look] {
        if case .array(let items) = value { items } else { [] }
    }

    var names: [String] {
        if case .object(let members) = value { members.keys.sorted() } else { [] }
    }

    var string: String? {
        if case .string(let string) = value { string } else { nil }
    }

    var number: Double? {
        if case .number(let number) = value { number } else { nil }
    }

    var int: Int? {
        number.map(Int.init)
    }

    var isNull: Bool {
        if case .null = value { true } else { false }
    }
}
