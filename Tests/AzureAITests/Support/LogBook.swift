import Logging
import Synchronization

/// Keeps every log line, as a person would see it.
struct LogBook: LogHandler {
    final class Pages: Sendable {
        private let lines = Mutex<[String]>([])

        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    let pages: Pages
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    static func logger() -> (Logger, Pages) {
        let pages = Pages()
        return (Logger(label: "test") { _ in LogBook(pages: pages) }, pages)
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let metadata = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        pages.add("\(event.level) \(event.message) \(metadata.joined(separator: " "))")
    }
}
