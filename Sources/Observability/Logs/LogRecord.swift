import Foundation
import Logging

/// One log statement with everything that is printed of it.
struct LogRecord {
    var time: Date
    var level: Logger.Level
    var logger: String
    var message: String
    /// Of the logger, its provider and the statement; later ones win.
    var metadata: Logger.Metadata
    var error: (any Error)?

    /// UTC with milliseconds, e.g. `2026-11-21T13:00:00.250Z`.
    var timeText: String {
        time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// Metadata with nested dictionaries as dotted keys, in the order of the keys.
    var flatMetadata: [(key: String, value: Logger.MetadataValue)] {
        var flat: [(key: String, value: Logger.MetadataValue)] = []
        Self.flatten(metadata, prefix: "", into: &flat)
        return flat.sorted { $0.key < $1.key }
    }

    private static func flatten(
        _ metadata: Logger.Metadata,
        prefix: String,
        into flat: inout [(key: String, value: Logger.MetadataValue)]
    ) {
        for (key, value) in metadata {
            switch value {
            case .dictionary(let nested): flatten(nested, prefix: prefix + key + ".", into: &flat)
            case .string, .stringConvertible, .array: flat.append((prefix + key, value))
            }
        }
    }
}
