package struct ConsumedQueue: Hashable, Sendable {
    package enum Source: Hashable, Sendable { case named(String); case serverNamed(bindings: [Binding]) }
    package var source: Source
    package var prefetch: UInt16
    package init(source: Source, prefetch: UInt16) { self.source = source; self.prefetch = prefetch }
}
package struct DeliveryID: Hashable, Sendable { package let epoch: UInt64; package let tag: UInt64 }
package struct Delivery: Sendable { package let id: DeliveryID; package let queue: String; package let redelivered: Bool; package let exchange: String; package let routingKey: String; package let message: AMQPMessage }
package enum ConsumerEvent: Sendable { case active(epoch: UInt64, queues: [String]); case delivered(Delivery); case lost(epoch: UInt64, AMQPError); case stopped }
package enum DeliverySettlement: Hashable, Sendable { case ack; case reject(requeue: Bool) }
package struct AMQPStatus: Sendable { package var trouble: String? }
package final class AMQPConsumer: Sendable {
    package let events: AsyncStream<ConsumerEvent>
    init() { events = AsyncStream { _ in } }
    package func run() async throws(AMQPError) {}
    package func settle(_ id: DeliveryID, _ how: DeliverySettlement) {}
    package func stopConsuming() async {}
    package func shutDown() async {}
    package var status: AMQPStatus { AMQPStatus() }
}
package enum Publication: Hashable, Sendable { case confirmed; case unroutable(code: UInt16, text: String) }
package final class AMQPPublisher: Sendable {
    init() {}
    package func run() async throws(AMQPError) {}
    package func publish(_ message: OutgoingMessage) async throws(AMQPError) -> Publication { .confirmed }
    package func shutDown() async {}
    package var status: AMQPStatus { AMQPStatus() }
}
