import Logging
import Observability
package import WorkerConfiguration

extension LogConfiguration {
    /// Makes every logger of this process write as configured; once, before the first.
    package func bootstrap() {
        Logs.bootstrap(level: level.loggerLevel, format: format.logFormat)
    }
}

extension LogConfiguration.Level {
    fileprivate var loggerLevel: Logger.Level {
        switch self {
        case .trace: .trace
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        case .critical: .critical
        }
    }
}

extension LogConfiguration.Format {
    fileprivate var logFormat: LogFormat {
        switch self {
        case .json: .json
        case .console: .console
        }
    }
}
