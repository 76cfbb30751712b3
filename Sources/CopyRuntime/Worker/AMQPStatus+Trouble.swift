import AMQP

extension AMQPStatus {
    /// What keeps the connection from being of use; `nil`: nothing.
    var trouble: String? {
        switch phase {
        case .active: blockedReason.map { "the broker has blocked the connection: \($0)" }
        case .connecting: lastError.map { "not connected: \($0)" } ?? "not connected yet"
        case .stopping, .closed: phase.rawValue
        }
    }
}
