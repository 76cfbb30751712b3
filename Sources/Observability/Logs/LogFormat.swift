/// How a log line looks.
package enum LogFormat: String, CaseIterable, Sendable {
    /// One JSON object a line, for machines.
    case json
    /// Time, level, logger, message and `key=value`, for people.
    case console

    func line(_ record: LogRecord) -> String {
        switch self {
        case .json: record.jsonLine
        case .console: record.consoleLine
        }
    }
}
