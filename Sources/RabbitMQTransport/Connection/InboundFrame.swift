import AMQP

/// A frame from the broker, copied out of the library's memory.
enum InboundFrame: Hashable, Sendable {
    case method(InboundMethod)
    /// The properties of a message, without its body.
    case header(bodySize: UInt64, properties: AMQPMessage)
    case body([UInt8])
    case heartbeat
    case other(type: UInt8)
}

/// The methods that a broker may send by itself.
enum InboundMethod: Hashable, Sendable {
    case deliver(Delivery)
    case `return`(Return)
    case ack(tag: UInt64, multiple: Bool)
    case nack(tag: UInt64, multiple: Bool)
    case cancel(consumerTag: String, wantsAnswer: Bool)
    case blocked(reason: String)
    case unblocked
    case flowOK
    case channelClose(code: UInt16, text: String)
    case connectionClose(code: UInt16, text: String)
    case other(id: UInt32)

    struct Delivery: Hashable, Sendable {
        let consumerTag: String
        let deliveryTag: UInt64
        let redelivered: Bool
        let exchange: String
        let routingKey: String
    }

    struct Return: Hashable, Sendable {
        let code: UInt16
        let text: String
        let exchange: String
        let routingKey: String
    }

    /// What a close means to the call that met it.
    func closeError(_ doing: String? = nil) -> AMQPError? {
        let prefix = doing.map { "\($0) failed: " } ?? ""
        return switch self {
        case .channelClose(let code, let text):
            AMQPError(.channelClosed, "\(prefix)the broker closed the channel: \(text)", replyCode: code)
        case .connectionClose(let code, let text):
            AMQPError(.connectionClosed, "\(prefix)the broker closed the connection: \(text)", replyCode: code)
        case .deliver, .return, .ack, .nack, .cancel, .blocked, .unblocked, .flowOK, .other:
            nil
        }
    }
}
