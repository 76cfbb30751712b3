import AMQP
import CRabbitMQ

/// Calls that only write to the socket, and wait for room in it without limit of their own.
extension BrokerLink {
    func publish(_ outgoing: OutgoingMessage) throws(AMQPError) {
        defer { pool.recycle() }
        var properties = unsafe try pool.properties(of: outgoing.message)
        let exchange = unsafe try pool.shortString(outgoing.exchange, "exchange name")
        let routingKey = unsafe try pool.shortString(outgoing.routingKey, "routing key")
        let status = unsafe outgoing.message.body.withUnsafeBytes { body in
            // The library only reads from it.
            let bytes = unsafe amqp_bytes_t(len: body.count, bytes: UnsafeMutableRawPointer(mutating: body.baseAddress))
            let mandatory: amqp_boolean_t = outgoing.mandatory ? 1 : 0
            return unsafe amqp_basic_publish(
                state,
                Self.channel,
                exchange,
                routingKey,
                mandatory,
                0,
                &properties,
                bytes
            )
        }
        try LibraryStatus(status).check("Publishing")
    }

    func settle(_ frame: AckFrame) throws(AMQPError) {
        let multiple: amqp_boolean_t = frame.multiple ? 1 : 0
        let status =
            switch frame.kind {
            case .ack: unsafe amqp_basic_ack(state, Self.channel, frame.tag, multiple)
            case .reject(let requeue) where frame.multiple:
                unsafe amqp_basic_nack(state, Self.channel, frame.tag, multiple, requeue ? 1 : 0)
            case .reject(let requeue): unsafe amqp_basic_reject(state, Self.channel, frame.tag, requeue ? 1 : 0)
            }
        try LibraryStatus(status).check("Settling a delivery")
    }
}

extension BrokerLink {
    /// Throws what `publish` would stumble over after it has sent the first frame.
    func check(_ outgoing: OutgoingMessage) throws(AMQPError) {
        defer { pool.recycle() }
        var properties = unsafe try pool.properties(of: outgoing.message)
        _ = unsafe try pool.shortString(outgoing.exchange, "exchange name")
        _ = unsafe try pool.shortString(outgoing.routingKey, "routing key")
        guard outgoing.message.body.count <= ContentAssembly.largestBody else {
            throw AMQPError(.invalid, "The message has \(outgoing.message.body.count) bytes, more than RabbitMQ takes")
        }
        // The frame's own eight bytes, and the twelve of the content header before the properties.
        let room = unsafe Int(amqp_get_frame_max(state)) - 20
        let scratch = unsafe amqp_bytes_t(len: room, bytes: try pool.allocate(UInt8.self, count: room))
        guard unsafe amqp_encode_properties(UInt16(AMQP_BASIC_CLASS), &properties, scratch) >= 0 else {
            throw AMQPError(.invalid, "The message's properties and headers do not fit into a frame of \(room) bytes")
        }
    }
}
