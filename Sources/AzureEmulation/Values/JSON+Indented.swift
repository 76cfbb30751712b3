extension JSON {
    /// The value as JSON text indented by two spaces, as the v4 service writes operations.
    var indentedText: String {
        var indented = ""
        var depth = 0
        var isString = false
        var isEscaped = false
        var previous: Unicode.Scalar = " "
        func breakLine() { indented += "\n" + String(repeating: "  ", count: depth) }
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            if isString {
                indented.unicodeScalars.append(scalar)
                if isEscaped {
                    isEscaped = false
                } else if scalar == "\\" {
                    isEscaped = true
                } else if scalar == "\"" {
                    isString = false
                }
                continue
            }
            switch scalar {
            case "{", "[":
                if previous == "{" || previous == "[" { breakLine() }
                indented.unicodeScalars.append(scalar)
                depth += 1
            case "}", "]":
                depth -= 1
                if previous != "{", previous != "[" { breakLine() }
                indented.unicodeScalars.append(scalar)
            case ",":
                indented += ","
                breakLine()
            case ":": indented += ": "
            case _:
                if previous == "{" || previous == "[" { breakLine() }
                if scalar == "\"" { isString = true }
                indented.unicodeScalars.append(scalar)
            }
        }
        return indented
    }
}
