import Logging
import Simulation

/// What a worker's logger was told.
struct LogBook: Sendable {
    private let written = Shared<[(level: Logger.Level, line: String)]>([])

    var logger: Logger { Logger(label: "test") { _ in Page(written: written) } }

    func lines(of level: Logger.Level) -> [String] {
        written.withLock { $0.filter { $0.level == level }.map(\.line) }
    }

    private struct Page: LogHandler {
        let written: Shared<[(level: Logger.Level, line: String)]>
        var logLevel: Logger.Level = .info
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            written.withLock { $0.append((event.level, "\(event.message)")) }
        }
    }
}
