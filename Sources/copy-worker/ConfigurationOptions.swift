import Foundation
import Logging
import Observability
import WorkerConfiguration

enum ConfigurationLoad {
    /// The configuration, or every problem in it at once.
    static func load(_ options: ConfigurationOptions) throws -> WorkerConfiguration {
        do {
            return try WorkerConfiguration.load(file: options.file, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw Complaint("\(error)")
        }
    }
}

extension LogConfiguration.Level {
    var loggerLevel: Logger.Level {
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
    var logFormat: LogFormat {
        switch self {
        case .json: .json
        case .console: .console
        }
    }
}
