package import AMQP

/// Sees what passes over a simulated broker. Called while the broker's state is locked: it must not ask the broker.
package protocol BrokerObserver: Sendable {
    /// The broker took a message; `queues` may be none.
    func accepted(_ message: OutgoingMessage, into queues: [String], from connection: String, at now: Duration)
    /// A confirm was handed to the client that published, and its message had a queue.
    func confirmed(_ message: OutgoingMessage, to connection: String)
    func delivered(_ message: AMQPMessage, from queue: String, to connection: String, at now: Duration)
    func settled(
        _ message: AMQPMessage,
        from queue: String,
        by connection: String,
        isAcknowledged: Bool,
        heldSince: Duration,
        at now: Duration
    )
    /// A delivery went back because its connection is gone.
    func returned(
        _ message: AMQPMessage,
        from queue: String,
        by connection: String,
        heldSince: Duration,
        at now: Duration
    )
}
