/// A JSON value to look into.
@dynamicMemberLookup
package struct Look: Decodable, Sendable {
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

    package init(from decoder: any Decoder) throws {
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

    package subscript(dynamicMember name: String) -> Look {
        self[name]
    }

    package subscript(_ name: String) -> Look {
        guard case .object(let members) = value else { return Look(.null) }
        return members[name] ?? Look(.null)
    }

    package subscript(_ index: Int) -> Look {
        list.indices.contains(index) ? list[index] : Look(.null)
    }

    package var list: [Look] {
        if case .array(let items) = value { items } else { [] }
    }

    package var names: [String] {
        if case .object(let members) = value { members.keys.sorted() } else { [] }
    }

    package var string: String? {
        if case .string(let string) = value { string } else { nil }
    }

    package var number: Double? {
        if case .number(let number) = value { number } else { nil }
    }

    package var int: Int? {
        number.map(Int.init)
    }

    package var isNull: Bool {
        if case .null = value { true } else { false }
    }
}
