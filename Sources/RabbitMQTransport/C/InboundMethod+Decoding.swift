import AMQP
import CRabbitMQ

extension InboundMethod {
    init(_ method: amqp_method_t) {
        guard let decoded = unsafe method.decoded else {
            self = unsafe .other(id: method.id)
            return
        }
        switch unsafe method.id {
        case AMQP_BASIC_DELIVER_METHOD:
            let deliver = unsafe decoded.load(as: amqp_basic_deliver_t.self)
            self = unsafe .deliver(
                Delivery(
                    consumerTag: String(deliver.consumer_tag),
                    deliveryTag: deliver.delivery_tag,
                    redelivered: deliver.redelivered != 0,
                    exchange: String(deliver.exchange),
                    routingKey: String(deliver.routing_key)
                )
            )
        case AMQP_BASIC_RETURN_METHOD:
            let returned = unsafe decoded.load(as: amqp_basic_return_t.self)
            self = unsafe .return(
                Return(
                    code: returned.reply_code,
                    text: String(returned.reply_text),
                    exchange: String(returned.exchange),
                    routingKey: String(returned.routing_key)
                )
            )
        case AMQP_BASIC_ACK_METHOD:
            let ack = unsafe decoded.load(as: amqp_basic_ack_t.self)
            self = .ack(tag: ack.delivery_tag, multiple: ack.multiple != 0)
        case AMQP_BASIC_NACK_METHOD:
            let nack = unsafe decoded.load(as: amqp_basic_nack_t.self)
            self = .nack(tag: nack.delivery_tag, multiple: nack.multiple != 0)
        case AMQP_BASIC_CANCEL_METHOD:
            let cancel = unsafe decoded.load(as: amqp_basic_cancel_t.self)
            self = unsafe .cancel(consumerTag: String(cancel.consumer_tag), wantsAnswer: cancel.nowait == 0)
        case AMQP_CONNECTION_BLOCKED_METHOD:
            self = unsafe .blocked(reason: String(decoded.load(as: amqp_connection_blocked_t.self).reason))
        case AMQP_CONNECTION_UNBLOCKED_METHOD:
            self = .unblocked
        case AMQP_CHANNEL_FLOW_OK_METHOD:
            self = .flowOK
        case AMQP_CHANNEL_CLOSE_METHOD:
            let close = unsafe decoded.load(as: amqp_channel_close_t.self)
            self = unsafe .channelClose(code: close.reply_code, text: String(close.reply_text))
        case AMQP_CONNECTION_CLOSE_METHOD:
            let close = unsafe decoded.load(as: amqp_connection_close_t.self)
            self = unsafe .connectionClose(code: close.reply_code, text: String(close.reply_text))
        default:
            self = unsafe .other(id: method.id)
        }
    }
}

extension InboundFrame {
    init(_ frame: amqp_frame_t) {
        switch unsafe Int32(frame.frame_type) {
        case AMQP_FRAME_METHOD:
            self = unsafe .method(InboundMethod(frame.payload.method))
        case AMQP_FRAME_HEADER:
            let header = unsafe frame.payload.properties
            guard let decoded = unsafe header.decoded, unsafe header.class_id == 60 else {
                self = unsafe .other(type: frame.frame_type)
                return
            }
            let properties = unsafe decoded.load(as: amqp_basic_properties_t.self)
            self = unsafe .header(bodySize: header.body_size, properties: AMQPMessage(properties))
        case AMQP_FRAME_BODY:
            self = unsafe .body([UInt8](frame.payload.body_fragment))
        case AMQP_FRAME_HEARTBEAT:
            self = .heartbeat
        default:
            self = unsafe .other(type: frame.frame_type)
        }
    }
}
