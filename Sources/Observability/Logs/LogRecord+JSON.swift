import Logging

extension LogRecord {
    /// `{"time":…,"level":…,"logger":…,"message":…}` with the metadata as further members.
    ///
    /// Metadata that bears the name of one of the first members goes as `metadata.<name>`. Integers, floating-point
    /// numbers and truth values stay what they are; everything else is the text it prints as.
    var jsonLine: String {
        var json = JSONText()
        json.object { object in
            object.member("time", timeText)
            object.member("level", level.rawValue)
            object.member("logger", logger)
            object.member("message", message)
            if let error { object.member("error", String(describing: error)) }
            for (key, value) in flatMetadata {
                object.member(isTaken(key) ? "metadata." + key : key) { $0.metadata(value) }
            }
        }
        return json.text
    }

    private func isTaken(_ key: String) -> Bool {
        switch key {
        case "time", "level", "logger", "message": true
        case "error": error != nil
        default: false
        }
    }
}

extension JSONText {
    fileprivate mutating func metadata(_ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): string(text)
        case .stringConvertible(let value): scalar(value)
        case .array(let values):
            array { array in
                for value in values { array.element { $0.metadata(value) } }
            }
        case .dictionary(let members):
            object { object in
                for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                    object.member(key) { $0.metadata(value) }
                }
            }
        }
    }

    private mutating func scalar(_ value: any CustomStringConvertible & Sendable) {
        switch value {
        case let value as Bool: literal(value ? "true" : "false")
        case let value as any BinaryInteger: literal(value.description)
        case let value as Double where value.isFinite: literal(value.description)
        default: string(value.description)
        }
    }
}
