import AMQP

/// Puts methods, headers and bodies together to what the broker said.
struct ContentAssembly: Sendable {
    /// RabbitMQ's own limit: 128 MiB up to 3.13, 16 MiB later.
    static let largestBody: UInt64 = 128 << 20

    enum Output: Hashable, Sendable {
        case delivered(InboundMethod.Delivery, AMQPMessage)
        case returned(InboundMethod.Return, AMQPMessage)
        /// A method that carries no message.
        case method(InboundMethod)
        /// More frames are needed.
        case incomplete
    }

    private enum Carrier: Sendable {
        case delivery(InboundMethod.Delivery)
        case `return`(InboundMethod.Return)
    }

    private enum State: Sendable {
        /// Can transition to: `awaitingHeader`.
        case idle
        /// Can transition to: `awaitingBody`, or `idle` when there is no body.
        case awaitingHeader(Carrier)
        /// Can transition to: `idle`, with the last byte.
        case awaitingBody(Carrier, AMQPMessage, size: Int)
    }

    private var state = State.idle

    /// No message is half there.
    var isIdle: Bool { if case .idle = state { true } else { false } }

    /// Throws what the protocol does not allow; nothing can be made of the connection then.
    mutating func received(_ frame: InboundFrame) throws(AMQPError) -> Output {
        switch frame {
        case .method(let method): try received(method)
        case .header(let bodySize, let properties): try received(properties, bodySize: bodySize)
        case .body(let fragment): try received(fragment)
        // The library keeps those that come during a blocked send.
        case .heartbeat: .incomplete
        case .other(let type): throw AMQPError(.protocolViolation, "The broker sent a frame of unknown type \(type)")
        }
    }

    private mutating func received(_ method: InboundMethod) throws(AMQPError) -> Output {
        switch method {
        case .deliver(let delivery):
            try expectNoContent(before: "a delivery")
            state = .awaitingHeader(.delivery(delivery))
            return .incomplete
        case .return(let returned):
            try expectNoContent(before: "a returned message")
            state = .awaitingHeader(.return(returned))
            return .incomplete
        case .ack, .nack, .cancel, .flowOK:
            try expectNoContent(before: "a method")
            return .method(method)
        case .blocked, .unblocked, .channelClose, .connectionClose:
            // Of channel 0, or the end: may come between the frames of a message.
            return .method(method)
        case .other(let id):
            let number = String(id, radix: 16)
            throw AMQPError(.protocolViolation, "The broker sent a method that is not known here: 0x\(number)")
        }
    }

    private mutating func received(_ properties: AMQPMessage, bodySize: UInt64) throws(AMQPError) -> Output {
        guard case .awaitingHeader(let carrier) = state else {
            throw AMQPError(.protocolViolation, "The broker sent a content header without its method")
        }
        guard bodySize <= Self.largestBody else {
            throw AMQPError(.protocolViolation, "The broker announced a message of \(bodySize) bytes")
        }
        guard bodySize > 0 else { return finish(carrier, properties) }
        state = .awaitingBody(carrier, properties, size: Int(bodySize))
        return .incomplete
    }

    private mutating func received(_ fragment: [UInt8]) throws(AMQPError) -> Output {
        guard case .awaitingBody(let carrier, var message, let size) = state else {
            throw AMQPError(.protocolViolation, "The broker sent a body without its header")
        }
        // The state lets go of the message, so that appending does not copy it.
        state = .idle
        if message.body.isEmpty {
            message.body = fragment
        } else {
            message.body.append(contentsOf: fragment)
        }
        guard message.body.count <= size else {
            throw AMQPError(.protocolViolation, "The broker sent \(message.body.count) bytes of a message of \(size)")
        }
        guard message.body.count < size else { return finish(carrier, message) }
        state = .awaitingBody(carrier, message, size: size)
        return .incomplete
    }

    private mutating func finish(_ carrier: Carrier, _ message: AMQPMessage) -> Output {
        state = .idle
        return switch carrier {
        case .delivery(let delivery): .delivered(delivery, message)
        case .return(let returned): .returned(returned, message)
        }
    }

    private func expectNoContent(before what: String) throws(AMQPError) {
        guard case .idle = state else {
            throw AMQPError(.protocolViolation, "The broker sent \(what) before the message at hand was complete")
        }
    }
}
