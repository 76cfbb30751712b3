import AMQP
import CRabbitMQ

/// The library's answer to a call that waits for the broker.
@safe
struct LibraryReply {
    private let reply: amqp_rpc_reply_t

    init(_ reply: amqp_rpc_reply_t) { unsafe self.reply = unsafe reply }

    func check(_ doing: @autoclosure () -> String) throws(AMQPError) {
        switch unsafe reply.reply_type {
        case AMQP_RESPONSE_NORMAL:
            return
        case AMQP_RESPONSE_SERVER_EXCEPTION:
            throw unsafe InboundMethod(reply.reply).closeError(doing())
                ?? AMQPError(.protocolViolation, "\(doing()) failed: the broker answered with an unexpected method")
        case AMQP_RESPONSE_LIBRARY_EXCEPTION:
            unsafe try LibraryStatus(reply.library_error).check(doing())
            throw AMQPError(.connectionLost, "\(doing()) failed without a reason")
        default:
            throw AMQPError(.connectionLost, "\(doing()) failed: the broker hung up")
        }
    }
}
