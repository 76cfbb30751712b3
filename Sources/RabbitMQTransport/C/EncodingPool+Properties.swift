import AMQP
import CRabbitMQ

extension EncodingPool {
    func properties(of message: AMQPMessage) throws(AMQPError) -> amqp_basic_properties_t {
        var properties = unsafe amqp_basic_properties_t()
        func set(
            _ field: WritableKeyPath<amqp_basic_properties_t, amqp_bytes_t>,
            _ text: String?,
            _ flag: Int32,
            _ what: String
        ) throws(AMQPError) {
            guard let text else { return }
            unsafe properties[keyPath: field] = unsafe try shortString(text, what)
            unsafe properties._flags |= UInt32(flag)
        }
        unsafe try set(\.content_type, message.contentType, AMQP_BASIC_CONTENT_TYPE_FLAG, "content type")
        unsafe try set(
            \.content_encoding,
            message.contentEncoding,
            AMQP_BASIC_CONTENT_ENCODING_FLAG,
            "content encoding"
        )
        unsafe try set(\.correlation_id, message.correlationID, AMQP_BASIC_CORRELATION_ID_FLAG, "correlation id")
        unsafe try set(\.reply_to, message.replyTo, AMQP_BASIC_REPLY_TO_FLAG, "reply-to")
        unsafe try set(\.expiration, message.expiration, AMQP_BASIC_EXPIRATION_FLAG, "expiration")
        unsafe try set(\.message_id, message.messageID, AMQP_BASIC_MESSAGE_ID_FLAG, "message id")
        unsafe try set(\.type, message.type, AMQP_BASIC_TYPE_FLAG, "type")
        unsafe try set(\.user_id, message.userID, AMQP_BASIC_USER_ID_FLAG, "user id")
        unsafe try set(\.app_id, message.appID, AMQP_BASIC_APP_ID_FLAG, "app id")
        if let mode = message.deliveryMode {
            unsafe properties.delivery_mode = mode
            unsafe properties._flags |= UInt32(AMQP_BASIC_DELIVERY_MODE_FLAG)
        }
        if let priority = message.priority {
            unsafe properties.priority = priority
            unsafe properties._flags |= UInt32(AMQP_BASIC_PRIORITY_FLAG)
        }
        if let timestamp = message.timestamp {
            unsafe properties.timestamp = timestamp
            unsafe properties._flags |= UInt32(AMQP_BASIC_TIMESTAMP_FLAG)
        }
        if !message.headers.fields.isEmpty {
            unsafe properties.headers = unsafe try table(message.headers)
            unsafe properties._flags |= UInt32(AMQP_BASIC_HEADERS_FLAG)
        }
        return unsafe properties
    }
}

extension AMQPMessage {
    /// The properties of a content header; the body is still to come.
    init(_ properties: amqp_basic_properties_t) {
        func has(_ flag: Int32) -> Bool { unsafe properties._flags & UInt32(flag) != 0 }
        unsafe self.init(body: [], headers: has(AMQP_BASIC_HEADERS_FLAG) ? AMQPTable(properties.headers) : [:])
        contentType = unsafe has(AMQP_BASIC_CONTENT_TYPE_FLAG) ? String(properties.content_type) : nil
        contentEncoding = unsafe has(AMQP_BASIC_CONTENT_ENCODING_FLAG) ? String(properties.content_encoding) : nil
        deliveryMode = unsafe has(AMQP_BASIC_DELIVERY_MODE_FLAG) ? properties.delivery_mode : nil
        priority = unsafe has(AMQP_BASIC_PRIORITY_FLAG) ? properties.priority : nil
        correlationID = unsafe has(AMQP_BASIC_CORRELATION_ID_FLAG) ? String(properties.correlation_id) : nil
        replyTo = unsafe has(AMQP_BASIC_REPLY_TO_FLAG) ? String(properties.reply_to) : nil
        expiration = unsafe has(AMQP_BASIC_EXPIRATION_FLAG) ? String(properties.expiration) : nil
        messageID = unsafe has(AMQP_BASIC_MESSAGE_ID_FLAG) ? String(properties.message_id) : nil
        timestamp = unsafe has(AMQP_BASIC_TIMESTAMP_FLAG) ? properties.timestamp : nil
        type = unsafe has(AMQP_BASIC_TYPE_FLAG) ? String(properties.type) : nil
        userID = unsafe has(AMQP_BASIC_USER_ID_FLAG) ? String(properties.user_id) : nil
        appID = unsafe has(AMQP_BASIC_APP_ID_FLAG) ? String(properties.app_id) : nil
    }
}
