import Foundation
import Logging

/// A log handler that makes one line of every statement and hands it to a sink.
///
/// Values that are secrets print `***` by themselves; nothing is redacted here.
struct LineLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let format: LogFormat
    private let now: @Sendable () -> Date
    private let sink: @Sendable (String) -> Void

    /// - Parameter sink: Takes one line, without its line feed; called from any thread.
    init(
        label: String,
        level: Logger.Level,
        format: LogFormat,
        now: @escaping @Sendable () -> Date,
        sink: @escaping @Sendable (String) -> Void
    ) {
        self.label = label
        self.logLevel = level
        self.format = format
        self.now = now
        self.sink = sink
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var merged = metadata
        if let provided = metadataProvider?.get() { merged.merge(provided) { _, new in new } }
        if let stated = event.metadata { merged.merge(stated) { _, new in new } }
        let record = LogRecord(
            time: now(),
            level: event.level,
            logger: label,
            message: event.message.description,
            metadata: merged,
            error: event.error
        )
        sink(format.line(record))
    }
}
