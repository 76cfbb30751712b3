import Logging

extension LogRecord {
    /// `2026-11-21T13:00:00.250Z info     copy-worker: message key=value other="with blanks"`
    ///
    /// Text from outside can neither break the line nor steer the terminal: control characters are shown as escapes.
    var consoleLine: String {
        let padding = String(repeating: " ", count: max(0, 8 - level.rawValue.count))
        var line = "\(timeText) \(level.rawValue)\(padding) \(logger): \(message.printable)"
        if let error { line += " error=\(String(describing: error).consoleValue)" }
        for (key, value) in flatMetadata {
            line += " \(key.printable)=\(value.description.consoleValue)"
        }
        return line
    }
}

extension String {
    fileprivate var consoleValue: String {
        let shown = printable
        let isPlain = !shown.isEmpty && !shown.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        return isPlain ? shown : "\"" + shown.replacing("\"", with: "\\\"") + "\""
    }

    /// The text with control characters and invisible format characters (such as those that reverse the direction of
    /// writing) as `\u{…}`.
    fileprivate var printable: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                text += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
