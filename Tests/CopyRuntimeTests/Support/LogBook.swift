import Logging
import Simulation

/// Keeps every log line, as a person would see it.
struct LogBook: LogHandler {
    private let pages: Shared<[String]>
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    /// - Returns: a logger, and what it has been told so far.
    static func logger() -> (logger: Logger, lines: @Sendable () -> [String]) {
        let pages = Shared<[String]>([])
        return (Logger(label: "test") { _ in LogBook(pages: pages) }, { pages.withLock { $0 } })
    }

    private init(pages: Shared<[String]>) {
        self.pages = pages
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let shown = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        pages.withLock { $0.append("\(event.level) \(event.message) \(shown.joined(separator: " "))") }
    }
}
