/// Why a text is no JSON, or not the strict kind that is accepted here.
package struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        case malformed
        case duplicateKey
        case notUTF8
    }

    package let code: Code
    /// Without values from the text.
    package let message: String
    /// The innermost field or element that had begun.
    package let path: JSONPath
    /// In bytes from the beginning of the text.
    package let offset: Int
    /// From 1; the column counts Unicode scalars.
    package let line: Int
    package let column: Int

    init(_ code: Code, _ message: String, path: JSONPath = JSONPath(), offset: Int, in bytes: [UInt8]) {
        self.code = code
        self.message = message
        self.path = path
        self.offset = offset
        let before = bytes.prefix(offset)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        line = 1 + before.count { $0 == UInt8(ascii: "\n") }
        column = 1 + before[lineStart...].count { $0 & 0b1100_0000 != 0b1000_0000 }
    }

    package var description: String {
        let place = "line \(line), column \(column)" + (path.isRoot ? "" : ", at \(path)")
        return "\(message) (\(place))"
    }
}
