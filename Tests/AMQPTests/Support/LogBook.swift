import Logging
import Synchronization

/// Keeps what was logged, for tests that say what a person must be told.
final class LogBook: Sendable {
    struct Line: Sendable {
        let level: Logger.Level
        let text: String
    }

    private let lines = Mutex<[Line]>([])

    var logger: Logger {
        Logger(label: "test") { _ in Handler(book: self) }
    }

    var errors: [String] {
        lines.withLock { lines in lines.filter { $0.level == .error }.map(\.text) }
    }

    var warnings: [String] {
        lines.withLock { lines in lines.filter { $0.level == .warning }.map(\.text) }
    }

    private struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            let text = "\(event.message) " + all.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
            book.lines.withLock { $0.append(Line(level: event.level, text: text)) }
        }
    }
}
