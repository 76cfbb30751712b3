import CopyContract
import Foundation

/// The strict JSON reader against its own writer and against Foundation.
enum JSONHarness: Harness {
    static let name = "json"

    static func run(_ input: [UInt8]) {
        do {
            let value = try JSONParser.parse(input)
            Tally.count("parsed")
            check(value, of: input)
        } catch {
            check(error, of: input)
        }
        _ = try? CopyEvent.decode(body: input)
    }

    private static func check(_ value: JSONValue, of input: [UInt8]) {
        holds(!input.starts(with: [0xEF, 0xBB, 0xBF]), "a byte order mark was taken")
        holds(!input.contains(0), "a NUL was taken")
        holds(depth(of: value) <= JSONParser.depthLimit, "deeper than the limit")
        for order in [JSONText.FieldOrder.asGiven, .sorted] {
            let text = JSONText.encode(value, fields: order)
            let again = mustWork("its own text") { try JSONParser.parse(text) }
            holds(JSONText.encode(again, fields: order) == text, "another text the second time")
            if order == .asGiven { holds(isSame(again, value), "another value the second time") }
        }
        // What is strict JSON is JSON to everybody.
        _ = mustWork("Foundation's reading") { try JSONDecoder().decode(Anything.self, from: Data(input)) }
    }

    private static func check(_ error: JSONSyntaxError, of input: [UInt8]) {
        switch error.code {
        case .malformed: Tally.count("malformed")
        case .duplicateKey: Tally.count("duplicateKey")
        case .notUTF8: Tally.count("notUTF8")
        }
        holds((0...input.count).contains(error.offset), "an offset of \(error.offset)")
        holds(error.line >= 1 && error.column >= 1, "at \(error.line):\(error.column)")
        holds(!Printable.hasControls("\(error)"), "the error breaks its line: \(error)")
        holds("\(error)".utf8.count <= 1500, "the error is \("\(error)".utf8.count) bytes long")
    }

    private static func depth(of value: JSONValue) -> Int {
        switch value {
        case .null, .bool, .number, .string: 0
        case .array(let values): 1 + (values.map(depth).max() ?? 0)
        case .object(let fields): 1 + (fields.map { depth(of: $0.value) }.max() ?? 0)
        }
    }

    /// By bytes: Swift's own equality of texts is canonical.
    private static func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
        JSONText.encode(left) == JSONText.encode(right)
    }

    private struct Anything: Decodable {
        init(from decoder: any Decoder) {}
    }
}
