package import AMQP

/// A small broker in memory, with faults to order.
package final class FakeBroker: AMQPTransport {
    package init() {}

    package func connect(to endpoint: AMQPEndpoint, name: String) async throws(AMQPError) -> any AMQPConnection {
        throw AMQPError(.unreachable, "the fake broker is not built yet")
    }
}
