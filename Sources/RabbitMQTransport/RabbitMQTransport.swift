package import AMQP

/// The port to a broker over librabbitmq.
package struct RabbitMQTransport: AMQPTransport {
    private let watchdog = Watchdog()

    package init() {}

    package func connect(to endpoint: AMQPEndpoint, name: String) async throws(AMQPError) -> any AMQPConnection {
        let connection = RabbitMQConnection(watchdog: watchdog)
        try await connection.connect(to: endpoint, name: name)
        return connection
    }
}
