/// A JSON value whose members keep their order, for answers that look like the recorded ones.
enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([Member])
    /// Text that is JSON already.
    case rendered(String)

    struct Member: Sendable, Equatable {
        let name: String
        let value: JSON

        init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The object without the members that have no value.
    static func members(_ members: [(String, JSON?)]) -> JSON {
        .object(members.compactMap { name, value in value.map { Member(name, $0) } })
    }

    static func count(_ number: Int) -> JSON {
        .integer(Int64(number))
    }

    static func text(_ string: String?) -> JSON {
        string.map(JSON.string) ?? .null
    }

    /// Milliseconds with at most three decimals.
    static func milliseconds(_ number: Double) -> JSON {
        .number((number * 1_000).rounded() / 1_000)
    }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
    init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }

    init(arrayLiteral elements: JSON...) {
        self = .array(elements)
    }

    init(stringLiteral value: String) {
        self = .string(value)
    }

    init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    init(integerLiteral value: Int64) {
        self = .integer(value)
    }
}
