import Foundation

/// JSON as the tests read it: whatever is not there is absent. Not the parser under test.
indirect enum JSON: Sendable {
    case object([String: JSON])
    case array([JSON])
    case string(String)
    case number(Double)
    case absent

    init(parsing bytes: [UInt8]) throws {
        self.init(try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed))
    }

    private init(_ value: Any) {
        switch value {
        case let object as [String: Any]: self = .object(object.mapValues(JSON.init))
        case let array as [Any]: self = .array(array.map(JSON.init))
        case let string as String: self = .string(string)
        case let number as NSNumber: self = .number(number.doubleValue)
        default: self = .absent
        }
    }

    subscript(name: String) -> JSON { members[name] ?? .absent }

    var members: [String: JSON] {
        if case .object(let members) = self { members } else { [:] }
    }

    var elements: [JSON] {
        if case .array(let elements) = self { elements } else { [] }
    }

    var string: String? {
        if case .string(let string) = self { string } else { nil }
    }

    var double: Double? {
        if case .number(let number) = self { number } else { nil }
    }

    var int: Int? { double.flatMap(Int.init(exactly:)) }
}
