import AMQP
import CRabbitMQ

/// The one place where the library's answers become errors.
enum Status {
    /// - Parameter isConnecting: a broken socket means "unreachable" then.
    static func error(_ status: Int32, _ what: String, isConnecting: Bool = false) -> AMQPError {
        let text = unsafe String(cString: amqp_error_string2(status))
        let message = "\(what): \(text)"
        switch amqp_status_enum(rawValue: status) {
        case AMQP_STATUS_HEARTBEAT_TIMEOUT:
            return AMQPError(.heartbeatMissed, message)
        case AMQP_STATUS_TIMEOUT:
            return AMQPError(isConnecting ? .unreachable : .timedOut, message)
        case AMQP_STATUS_SSL_ERROR, AMQP_STATUS_SSL_HOSTNAME_VERIFY_FAILED, AMQP_STATUS_SSL_PEER_VERIFY_FAILED,
            AMQP_STATUS_SSL_CONNECTION_FAILED, AMQP_STATUS_SSL_SET_ENGINE_FAILED:
            return AMQPError(.tls, message)
        case AMQP_STATUS_HOSTNAME_RESOLUTION_FAILED:
            return AMQPError(.unreachable, message)
        case AMQP_STATUS_SOCKET_ERROR, AMQP_STATUS_CONNECTION_CLOSED, AMQP_STATUS_TCP_ERROR,
            AMQP_STATUS_SOCKET_CLOSED:
            return AMQPError(isConnecting ? .unreachable : .connectionLost, message)
        default:
            return AMQPError(.protocolViolation, message)
        }
    }

    /// Throws what the library or the broker said instead of the awaited reply.
    static func check(_ reply: amqp_rpc_reply_t, _ what: String, isConnecting: Bool = false) throws(AMQPError) {
        switch unsafe reply.reply_type {
        case AMQP_RESPONSE_NORMAL: return
        case AMQP_RESPONSE_LIBRARY_EXCEPTION:
            throw unsafe error(reply.library_error, what, isConnecting: isConnecting)
        case AMQP_RESPONSE_SERVER_EXCEPTION:
            throw unsafe closed(by: reply.reply, what)
        default:
            throw AMQPError(.protocolViolation, "\(what): the library gave no reply")
        }
    }

    /// What a connection.close or channel.close says.
    static func closed(by method: amqp_method_t, _ what: String) -> AMQPError {
        guard let decoded = unsafe method.decoded else {
            return AMQPError(.protocolViolation, "\(what): the broker closed without a reason")
        }
        switch unsafe method.id {
        case MethodNumber.connectionClose:
            let close = unsafe decoded.assumingMemoryBound(to: amqp_connection_close_t.self).pointee
            return unsafe AMQPError(
                .connectionClosed, "\(what): \(close.reply_text.text)", replyCode: close.reply_code
            )
        case MethodNumber.channelClose:
            let close = unsafe decoded.assumingMemoryBound(to: amqp_channel_close_t.self).pointee
            return unsafe AMQPError(.channelClosed, "\(what): \(close.reply_text.text)", replyCode: close.reply_code)
        default:
            return AMQPError(.protocolViolation, "\(what): the broker answered with another method")
        }
    }
}

/// Class and method numbers of the protocol, for what the broker sends by itself.
enum MethodNumber {
    static let connectionClose: UInt32 = 10 << 16 | 50
    static let connectionBlocked: UInt32 = 10 << 16 | 60
    static let connectionUnblocked: UInt32 = 10 << 16 | 61
    static let channelClose: UInt32 = 20 << 16 | 40
    static let channelFlow: UInt32 = 20 << 16 | 20
    static let basicCancel: UInt32 = 60 << 16 | 30
    static let basicReturn: UInt32 = 60 << 16 | 50
    static let basicDeliver: UInt32 = 60 << 16 | 60
    static let basicAck: UInt32 = 60 << 16 | 80
    static let basicNack: UInt32 = 60 << 16 | 120
}
