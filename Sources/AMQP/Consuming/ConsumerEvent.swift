/// What a consumer tells its one reader, in the order in which it happened.
package enum ConsumerEvent: Sendable {
    /// Every consumer has its consume-ok on this connection. Precedes the epoch's deliveries; said again for the same
    /// epoch when a consumer that the broker had cancelled is back.
    case active(epoch: UInt64, queues: [String])
    case delivered(Delivery)
    /// The connection is gone and with it the right to settle its deliveries; the broker delivers them again.
    /// Follows every epoch that was active, unless the consumer was shut down.
    case lost(epoch: UInt64, AMQPError)
    /// `stopConsuming()` has taken effect: told once, after the last delivery that will ever come (at once when there
    /// is no connection). The engine relies on it to hand back everything that is still in the stream.
    case stopped
}

/// Names a delivery for as long as its connection lives.
package struct DeliveryID: Hashable, Sendable {
    package let epoch: UInt64
    package let tag: UInt64

    package init(epoch: UInt64, tag: UInt64) {
        self.epoch = epoch
        self.tag = tag
    }
}

package struct Delivery: Sendable {
    package let id: DeliveryID
    /// The queue it came from; for a server-named one the broker's name.
    package let queue: String
    /// A hint only (rabbitmq.md 1.2).
    package let redelivered: Bool
    package let exchange: String
    package let routingKey: String
    package let message: AMQPMessage

    package init(
        id: DeliveryID,
        queue: String,
        redelivered: Bool,
        exchange: String,
        routingKey: String,
        message: AMQPMessage
    ) {
        self.id = id
        self.queue = queue
        self.redelivered = redelivered
        self.exchange = exchange
        self.routingKey = routingKey
        self.message = message
    }
}

package enum DeliverySettlement: Hashable, Sendable {
    case ack
    case reject(requeue: Bool)
}
