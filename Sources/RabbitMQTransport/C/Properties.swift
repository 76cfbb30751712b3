import AMQP
import CRabbitMQ

/// Basic properties between their C form and ours.
enum Properties {
    /// The bits of the property flags, by the protocol.
    private enum Flag {
        static let contentType: UInt32 = 1 << 15
        static let contentEncoding: UInt32 = 1 << 14
        static let headers: UInt32 = 1 << 13
        static let deliveryMode: UInt32 = 1 << 12
        static let priority: UInt32 = 1 << 11
        static let correlationID: UInt32 = 1 << 10
        static let replyTo: UInt32 = 1 << 9
        static let expiration: UInt32 = 1 << 8
        static let messageID: UInt32 = 1 << 7
        static let timestamp: UInt32 = 1 << 6
        static let type: UInt32 = 1 << 5
        static let userID: UInt32 = 1 << 4
        static let appID: UInt32 = 1 << 3
    }

    /// A message without its body.
    static func decode(_ properties: amqp_basic_properties_t) -> AMQPMessage {
        let flags = unsafe properties._flags
        func text(_ flag: UInt32, _ bytes: amqp_bytes_t) -> String? {
            flags & flag == 0 ? nil : unsafe bytes.text
        }
        var message = AMQPMessage(body: [])
        message.contentType = unsafe text(Flag.contentType, properties.content_type)
        message.contentEncoding = unsafe text(Flag.contentEncoding, properties.content_encoding)
        if flags & Flag.headers != 0 { message.headers = unsafe Tables.decode(properties.headers) }
        message.deliveryMode = flags & Flag.deliveryMode == 0 ? nil : unsafe properties.delivery_mode
        message.priority = flags & Flag.priority == 0 ? nil : unsafe properties.priority
        message.correlationID = unsafe text(Flag.correlationID, properties.correlation_id)
        message.replyTo = unsafe text(Flag.replyTo, properties.reply_to)
        message.expiration = unsafe text(Flag.expiration, properties.expiration)
        message.messageID = unsafe text(Flag.messageID, properties.message_id)
        message.timestamp = flags & Flag.timestamp == 0 ? nil : unsafe properties.timestamp
        message.type = unsafe text(Flag.type, properties.type)
        message.userID = unsafe text(Flag.userID, properties.user_id)
        message.appID = unsafe text(Flag.appID, properties.app_id)
        return message
    }

    static func encode(_ message: AMQPMessage, in arena: Arena) throws(AMQPError) -> amqp_basic_properties_t {
        var properties = unsafe amqp_basic_properties_t()
        var flags: UInt32 = 0
        func text(_ flag: UInt32, _ text: String?, _ what: String) throws(AMQPError) -> amqp_bytes_t {
            guard let text else { return unsafe amqp_bytes_t(len: 0, bytes: nil) }
            flags |= flag
            return unsafe try arena.shortText(text, what)
        }
        unsafe properties.content_type = try text(Flag.contentType, message.contentType, "content-type")
        unsafe properties.content_encoding = try text(Flag.contentEncoding, message.contentEncoding, "content-encoding")
        unsafe properties.correlation_id = try text(Flag.correlationID, message.correlationID, "correlation-id")
        unsafe properties.reply_to = try text(Flag.replyTo, message.replyTo, "reply-to")
        unsafe properties.expiration = try text(Flag.expiration, message.expiration, "expiration")
        unsafe properties.message_id = try text(Flag.messageID, message.messageID, "message-id")
        unsafe properties.type = try text(Flag.type, message.type, "type")
        unsafe properties.user_id = try text(Flag.userID, message.userID, "user-id")
        unsafe properties.app_id = try text(Flag.appID, message.appID, "app-id")
        if let mode = message.deliveryMode {
            flags |= Flag.deliveryMode
            unsafe properties.delivery_mode = mode
        }
        if let priority = message.priority {
            flags |= Flag.priority
            unsafe properties.priority = priority
        }
        if let timestamp = message.timestamp {
            flags |= Flag.timestamp
            unsafe properties.timestamp = timestamp
        }
        if !message.headers.fields.isEmpty {
            flags |= Flag.headers
            unsafe properties.headers = try Tables.encode(message.headers, in: arena)
        }
        unsafe properties._flags = flags
        return unsafe properties
    }
}
