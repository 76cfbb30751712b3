/// The port to a broker: what frames mean, without frames. RabbitMQTransport implements it over librabbitmq; tests and
/// the simulator implement it in memory.
package protocol AMQPTransport: Sendable {
    /// Connects, logs in and opens one channel. Bounded by the endpoint's time-outs.
    func connect(to endpoint: AMQPEndpoint, name: String) async throws(AMQPError) -> any AMQPConnection
}

/// One connection with one channel. Every call throws once the connection is gone; nothing blocks longer than its own
/// time-out. After `.closed` there are no further events.
package protocol AMQPConnection: Sendable {
    /// Everything the broker sends by itself, in order. One reader.
    var events: AsyncStream<AMQPEvent> { get }

    func declare(_ exchange: ExchangeDeclaration, passive: Bool) async throws(AMQPError)
    /// The queue's name, which the broker chooses when the declaration leaves it empty.
    func declare(_ queue: QueueDeclaration, passive: Bool) async throws(AMQPError) -> String
    func bind(queue: String, exchange: String, routingKey: String) async throws(AMQPError)
    func selectConfirms() async throws(AMQPError)
    /// Consumes with manual acknowledgement, `prefetch` deliveries outstanding at most (basic.qos, global=false).
    func consume(queue: String, consumerTag: String, prefetch: UInt16, exclusive: Bool) async throws(AMQPError)
    /// Afterwards `events` say `consumerCancelled` for it, behind the last of its deliveries.
    func cancelConsumer(tag: String) async throws(AMQPError)
    /// Hands messages to the socket in order. The n-th message ever published on this connection has confirm tag n.
    func publish(_ messages: [OutgoingMessage]) async throws(AMQPError)
    /// Settles deliveries. Settlements are coalesced (`multiple`) where the ledger allows.
    func settle(_ settlements: [Settlement]) async throws(AMQPError)
    /// connection.close, bounded; afterwards the connection is gone in any case.
    func close() async
}

package enum AMQPEvent: Sendable {
    case delivered(RawDelivery)
    case confirmed(tag: UInt64, multiple: Bool)
    case rejected(tag: UInt64, multiple: Bool)
    /// An unroutable mandatory message came back; its confirm follows.
    case returned(ReturnedMessage)
    /// Nothing more comes for this consumer: the broker cancelled it (queue deleted, node gone), or we did.
    case consumerCancelled(tag: String)
    case blocked(reason: String)
    case unblocked
    /// The connection is gone.
    case closed(AMQPError)
}

package struct RawDelivery: Sendable {
    package let consumerTag: String
    package let deliveryTag: UInt64
    package let redelivered: Bool
    package let exchange: String
    package let routingKey: String
    package let message: AMQPMessage

    package init(
        consumerTag: String,
        deliveryTag: UInt64,
        redelivered: Bool,
        exchange: String,
        routingKey: String,
        message: AMQPMessage
    ) {
        self.consumerTag = consumerTag
        self.deliveryTag = deliveryTag
        self.redelivered = redelivered
        self.exchange = exchange
        self.routingKey = routingKey
        self.message = message
    }
}

package struct ReturnedMessage: Sendable {
    package let code: UInt16
    package let text: String
    package let exchange: String
    package let routingKey: String
    package let message: AMQPMessage

    package init(code: UInt16, text: String, exchange: String, routingKey: String, message: AMQPMessage) {
        self.code = code
        self.text = text
        self.exchange = exchange
        self.routingKey = routingKey
        self.message = message
    }
}

package struct OutgoingMessage: Hashable, Sendable {
    package var exchange: String
    package var routingKey: String
    package var mandatory: Bool
    package var message: AMQPMessage

    package init(exchange: String, routingKey: String, mandatory: Bool, message: AMQPMessage) {
        self.exchange = exchange
        self.routingKey = routingKey
        self.mandatory = mandatory
        self.message = message
    }
}

package enum Settlement: Hashable, Sendable {
    case ack(tag: UInt64)
    case reject(tag: UInt64, requeue: Bool)
}
