package struct AMQPConsumerSettings: Sendable {
    /// The nodes of one broker, tried in turn. At least one.
    package var endpoints: [AMQPEndpoint]
    /// Shown by the broker's management.
    package var connectionName: String
    package var topology: Topology
    package var queues: [ConsumedQueue]
    package var backoff: ReconnectBackoff
    /// How long `shutDown()` lets the last settlements and the close take.
    package var shutdownLimit: Duration

    package init(
        endpoints: [AMQPEndpoint],
        connectionName: String,
        topology: Topology,
        queues: [ConsumedQueue],
        backoff: ReconnectBackoff = ReconnectBackoff(),
        shutdownLimit: Duration = .seconds(10)
    ) {
        self.endpoints = endpoints
        self.connectionName = connectionName
        self.topology = topology
        self.queues = queues
        self.backoff = backoff
        self.shutdownLimit = shutdownLimit
    }
}
