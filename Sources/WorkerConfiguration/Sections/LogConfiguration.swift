/// What is logged, and how.
package struct LogConfiguration: Hashable, Sendable {
    /// In the order and spelling of swift-log.
    package enum Level: String, CaseIterable, Sendable {
        case trace, debug, info, notice, warning, error, critical
    }

    package enum Format: String, CaseIterable, Sendable {
        /// One JSON object a line.
        case json
        /// For people at a terminal.
        case console
    }

    package var level: Level
    package var format: Format
}
