import Foundation
package import Logging
import Synchronization

/// The logs of a program: one line a statement, to standard error.
package enum Logs {
    /// Installs the log format for every logger made from now on. Once per process, before the first logger.
    package static func bootstrap(level: Logger.Level, format: LogFormat) {
        let output = StandardError()
        LoggingSystem.bootstrap(
            { label, provider in
                var handler = LineLogHandler(
                    label: label,
                    level: level,
                    format: format,
                    now: { Date() },
                    sink: { output.write(line: $0) }
                )
                handler.metadataProvider = provider
                return handler
            },
            metadataProvider: nil
        )
    }
}

/// Standard error, a whole line at a time.
private final class StandardError: Sendable {
    // A pipe takes only short writes in one piece; without the lock, long lines of two threads would mix.
    private let lock = Mutex(())

    func write(line: String) {
        let bytes = Data((line + "\n").utf8)
        lock.withLock { _ in
            // When nobody reads the logs any more, there is nobody to tell.
            try? FileHandle.standardError.write(contentsOf: bytes)
        }
    }
}
