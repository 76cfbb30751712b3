/// A queue to consume from, and how many of its deliveries may be outstanding.
package struct ConsumedQueue: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        /// A queue that the topology declares, or that somebody else did.
        case named(String)
        /// An exclusive queue that the broker names and that dies with the connection.
        case serverNamed(bindings: [Subscription])
    }

    /// What a server-named queue is bound to.
    package struct Subscription: Hashable, Sendable {
        package var exchange: String
        package var routingKey: String

        package init(exchange: String, routingKey: String) {
            self.exchange = exchange
            self.routingKey = routingKey
        }
    }

    package var source: Source
    /// basic.qos of this consumer; 0 would mean "no limit" and is taken as 1.
    package var prefetch: UInt16

    package init(_ source: Source, prefetch: UInt16) {
        self.source = source
        self.prefetch = max(prefetch, 1)
    }
}
