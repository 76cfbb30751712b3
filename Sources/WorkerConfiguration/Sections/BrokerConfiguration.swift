package import AMQP

/// How the broker is reached and what is expected on it.
package struct BrokerConfiguration: Sendable {
    /// Tried in order.
    package var nodes: [AMQPEndpoint]
    /// What the broker's own tools show for this worker's connections.
    package var connectionName: String
    package var topologyMode: Topology.Mode
}
