import AMQP
import CopyContract

/// How a message waits in the retry queues.
enum RetryWait: Equatable, Sendable {
    /// For something that will not take long: another request, another worker.
    case short
    /// For trouble to pass, for the n-th time in a row.
    case trouble(attempt: Int64, isSoon: Bool)

    /// So many times in a row trouble is given a short time to pass.
    static let shortAttempts: Int64 = 3
    private static let long: Duration = .seconds(300)

    /// - Parameters:
    ///   - left: how long the request has until its deadline; it must not be slept through.
    ///   - isSoon: it had better come back soon in any case.
    static func afterTrouble(of message: AMQPMessage, deadlineIn left: Duration, isSoon: Bool) -> RetryWait {
        let attempt = Republication.attempts(of: message) + 1
        return .trouble(attempt: attempt, isSoon: isSoon || attempt <= shortAttempts || left < long)
    }

    func queue(_ names: BrokerNames) -> String {
        switch self {
        case .short, .trouble(_, isSoon: true): names.retry
        case .trouble(_, isSoon: false): names.longRetry
        }
    }

    var headers: AMQPTable {
        switch self {
        case .short: [:]
        case .trouble(let attempt, _): [CarriedHeader.attempts: .integer(attempt)]
        }
    }
}
