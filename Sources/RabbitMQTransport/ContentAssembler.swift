import AMQP

/// Puts a message together from its method, header and body frames. One channel: contents never interleave.
struct ContentAssembler {
    /// What a finished message is.
    enum Content {
        case delivery(RawDelivery)
        case returned(ReturnedMessage)
    }

    private enum State {
        case idle
        case awaitingHeader(BrokerSocket.Method)
        case awaitingBody(BrokerSocket.Method, AMQPMessage, size: UInt64)
    }

    /// RabbitMQ's own limit was 128 MiB before version 4; nothing larger is believed.
    private static let largestBody: UInt64 = 128 << 20

    private var state = State.idle

    var isIdle: Bool {
        if case .idle = state { true } else { false }
    }

    mutating func began(_ method: BrokerSocket.Method) throws(AMQPError) {
        guard isIdle else { throw Self.violation("a message within another") }
        state = .awaitingHeader(method)
    }

    mutating func header(bodySize: UInt64, message: AMQPMessage) throws(AMQPError) -> Content? {
        guard case .awaitingHeader(let method) = state else { throw Self.violation("a header without its message") }
        guard bodySize <= Self.largestBody else { throw Self.violation("a body of \(bodySize) bytes") }
        guard bodySize > 0 else { return finish(method, message) }
        var message = message
        message.body.reserveCapacity(Int(bodySize))
        state = .awaitingBody(method, message, size: bodySize)
        return nil
    }

    mutating func body(_ fragment: [UInt8]) throws(AMQPError) -> Content? {
        guard case .awaitingBody(let method, var message, let size) = state else {
            throw Self.violation("a body without its header")
        }
        // The state must not hold a second reference to the body while it grows.
        state = .idle
        message.body += fragment
        guard UInt64(message.body.count) <= size else { throw Self.violation("more of a body than announced") }
        guard UInt64(message.body.count) == size else {
            state = .awaitingBody(method, message, size: size)
            return nil
        }
        return finish(method, message)
    }

    private mutating func finish(_ method: BrokerSocket.Method, _ message: AMQPMessage) -> Content? {
        state = .idle
        switch method {
        case .deliver(let consumerTag, let deliveryTag, let redelivered, let exchange, let routingKey):
            return .delivery(
                RawDelivery(
                    consumerTag: consumerTag, deliveryTag: deliveryTag, redelivered: redelivered, exchange: exchange,
                    routingKey: routingKey, message: message
                )
            )
        case .returned(let code, let text, let exchange, let routingKey):
            return .returned(
                ReturnedMessage(code: code, text: text, exchange: exchange, routingKey: routingKey, message: message)
            )
        case .ack, .nack, .cancel, .blocked, .unblocked, .closed, .unknown:
            return nil
        }
    }

    private static func violation(_ what: String) -> AMQPError {
        AMQPError(.protocolViolation, "the broker sent \(what)")
    }
}
