package struct AMQPPublisherSettings: Sendable {
    /// The nodes of one broker, tried in turn. At least one.
    package var endpoints: [AMQPEndpoint]
    /// Shown by the broker's management.
    package var connectionName: String
    package var topology: Topology
    /// How many messages may wait for their confirm at once.
    package var windowMessages: Int
    /// How many bytes of messages may wait for their confirm at once; one larger message goes alone.
    package var windowBytes: Int
    /// The largest body that is accepted: what a broker can deliver has to be fit to be sent on, or a message that is
    /// refused for its size could not be parked (RabbitMQ up to 3.13: 128 MiB; 4: 16 MiB).
    package var largestBody: Int
    /// Without a confirm for so long, the connection is given up; `nil`: max(2 heartbeats, 30 s).
    package var confirmTimeout: Duration?
    package var backoff: ReconnectBackoff
    /// How long `shutDown()` waits for outstanding confirms and the close.
    package var shutdownLimit: Duration

    package init(
        endpoints: [AMQPEndpoint],
        connectionName: String,
        topology: Topology,
        windowMessages: Int = 1024,
        windowBytes: Int = 1 << 20,
        largestBody: Int = 128 << 20,
        confirmTimeout: Duration? = nil,
        backoff: ReconnectBackoff = ReconnectBackoff(),
        shutdownLimit: Duration = .seconds(10)
    ) {
        self.endpoints = endpoints
        self.connectionName = connectionName
        self.topology = topology
        self.windowMessages = windowMessages
        self.windowBytes = windowBytes
        self.largestBody = largestBody
        self.confirmTimeout = confirmTimeout
        self.backoff = backoff
        self.shutdownLimit = shutdownLimit
    }
}
