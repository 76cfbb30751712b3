package import AMQP
package import Logging

/// How to get to the broker, and what stands there.
package struct BrokerAccess: Sendable {
    package var endpoints: [AMQPEndpoint]
    package var transport: any AMQPTransport
    package var clock: any Clock<Duration>
    /// From 0 to 1, for the jitter between tries.
    package var random: @Sendable () -> Double
    package var logger: Logger
    package var resultsExchange: String
    package var progressExchange: String

    package init(
        endpoints: [AMQPEndpoint],
        transport: any AMQPTransport,
        clock: any Clock<Duration>,
        random: @escaping @Sendable () -> Double,
        logger: Logger,
        resultsExchange: String = "copy.results",
        progressExchange: String = "copy.progress"
    ) {
        self.endpoints = endpoints
        self.transport = transport
        self.clock = clock
        self.random = random
        self.logger = logger
        self.resultsExchange = resultsExchange
        self.progressExchange = progressExchange
    }

    /// Reads the nodes of one broker.
    ///
    /// - Parameter password: for URIs that hold none; `nil` leaves those to their default.
    package static func endpoints(
        uris: [String],
        password: String?,
        tls: TLSSettings,
        settings: ConnectionSettings = ConnectionSettings()
    ) throws(AMQPError) -> [AMQPEndpoint] {
        var endpoints: [AMQPEndpoint] = []
        for uri in uris {
            if let password {
                endpoints.append(
                    try AMQPEndpoint(uri: uri, password: { password }, tls: tls, settings: settings)
                )
            } else {
                endpoints.append(try AMQPEndpoint(uri: uri, tls: tls, settings: settings))
            }
        }
        return endpoints
    }

    /// The password in a file's text: all of it but for a line end after it. `\r\n` is one Character.
    package static func password(fromFile text: String) -> String {
        text.hasSuffix("\r\n") || text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    func publisher() -> AMQPPublisher {
        let settings = AMQPPublisherSettings(
            endpoints: endpoints,
            connectionName: "copyctl submit",
            topology: Topology(mode: .off)
        )
        return AMQPPublisher(settings, transport: transport, clock: clock, random: random, logger: logger)
    }

    /// Consumes results and progress from a queue that the broker names and that dies with the connection.
    func subscriber(name: String, routingKeys: [String]) -> AMQPConsumer {
        let bindings = [resultsExchange, progressExchange].flatMap { exchange in
            routingKeys.map { ConsumedQueue.Subscription(exchange: exchange, routingKey: $0) }
        }
        let settings = AMQPConsumerSettings(
            endpoints: endpoints,
            connectionName: name,
            topology: Topology(mode: .off),
            queues: [ConsumedQueue(.serverNamed(bindings: bindings), prefetch: 500)]
        )
        return AMQPConsumer(settings, transport: transport, clock: clock, random: random, logger: logger)
    }
}
