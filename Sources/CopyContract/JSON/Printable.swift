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

    /// The first control character for sentences, e.g. `character 12 is U+0007`; places count Unicode scalars.
    static func control(in text: String, except isAllowed: (Unicode.Scalar) -> Bool = { _ in false }) -> String? {
        for (index, scalar) in text.unicodeScalars.enumerated() where isControl(scalar) && !isAllowed(scalar) {
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "character \(index + 1) is U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
        return nil
    }

    package static func hasControls(_ text: String) -> Bool {
        text.unicodeScalars.contains(where: isControl)
    }

    /// The controls without which there is no text of several lines, nor one that mixes the directions of writing.
    static func isOfProse(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// C0, DEL and C1, the line and paragraph separators, and the characters that turn the direction of writing.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
