import CopyContract
package import CopyDomain

/// A point in time as a person writes it on a command line.
package enum DeadlineText {
    /// RFC 3339, or a whole number of seconds, minutes or hours from now: `90s`, `30m`, `2h`; `nil` for anything else.
    package static func parse(_ text: String, now: Timestamp) -> Timestamp? {
        if let moment = Timestamp(rfc3339: text) { return moment }
        return DurationText.parse(text).map { now + $0 }
    }
}

/// A length of time as a person writes it on a command line.
package enum DurationText {
    /// A whole number of seconds, minutes, hours or days above zero: `90s`, `30m`, `2h`, `1d`; `nil` for anything else.
    package static func parse(_ text: String) -> Duration? {
        let unit: Int
        switch text.last {
        case "s": unit = 1
        case "m": unit = 60
        case "h": unit = 3600
        case "d": unit = 86_400
        case .some, nil: return nil
        }
        let digits = text.dropLast()
        guard digits.count <= 6, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let count = Int(digits), count > 0
        else { return nil }
        return .seconds(count * unit)
    }
}
