/// Makes foreign text fit for messages: of bounded length and without control characters.
package enum Printable {
    /// Every run of control characters and line separators becomes one space; what is over `limit` becomes `…`.
    package static func line(_ text: String, limit: Int) -> String {
        var scalars = String.UnicodeScalarView()
        var count = 0
        var pendingSpace = false
        for scalar in text.unicodeScalars {
            if isControl(scalar) {
                pendingSpace = count > 0
                continue
            }
            let needed = pendingSpace ? 2 : 1
            guard count + needed <= limit else {
                scalars.append("…")
                break
            }
            if pendingSpace { scalars.append(" ") }
            scalars.append(scalar)
            count += needed
            pendingSpace = false
        }
        return String(scalars)
    }

    /// The text in quotation marks, for sentences about it.
    package static func quoted(_ text: String) -> String {
        "\"\(line(text, limit: 40))\""
    }

    package static func hasControls(_ text: String) -> Bool {
        text.unicodeScalars.contains(where: isControl)
    }

    /// C0, DEL and C1, the line and paragraph separators, and the characters that turn the direction of writing.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
