import AMQP
import CopyContract
package import CopyDomain

/// Asks the pool to cancel requests.
package struct Cancel: Sendable {
    private let ids: [RequestID]
    private let queue: String
    private let timeout: Duration
    private let broker: BrokerAccess

    package init(_ ids: [RequestID], queue: String, timeout: Duration, broker: BrokerAccess) {
        self.ids = ids
        self.queue = queue
        self.timeout = timeout
        self.broker = broker
    }

    /// Returns when the broker has taken every command, or has not.
    package func run(print: @Sendable (String) -> Void, complain: @Sendable (String) -> Void) async -> CommandStatus {
        do throws(AMQPError) {
            return try await broker.visit(as: "copyctl cancel", within: timeout) { visit throws(AMQPError) in
                try await visit.selectConfirms()
                for id in ids {
                    switch try await visit.publish(message(id)) {
                    case .taken: print("\(id.rawValue)\n")
                    case .refused:
                        complain("\(id.rawValue): not sent: the broker refused the message")
                        return .rejected
                    case .unroutable:
                        complain(
                            "\(id.rawValue): not sent: the broker has no queue \"\(queue)\"; start a worker, which "
                                + "declares it, or name another with --commands-queue"
                        )
                        return .rejected
                    }
                }
                return .success
            }
        } catch {
            complain(error.message)
            return CommandStatus(error)
        }
    }

    private func message(_ id: RequestID) -> OutgoingMessage {
        var message = AMQPMessage(body: CommandEncoder.encode(.cancel(id)))
        message.contentType = CommandEncoder.contentType
        message.deliveryMode = 2
        message.appID = "copyctl"
        return OutgoingMessage(exchange: "", routingKey: queue, mandatory: true, message: message)
    }
}
