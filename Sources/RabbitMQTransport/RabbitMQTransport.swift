package import AMQP
import Synchronization

/// Connections to RabbitMQ by librabbitmq: each on a thread of its own, all watched by one more.
package final class RabbitMQTransport: AMQPTransport {
    private let watchdog = Mutex<Watchdog?>(nil)

    package init() {}

    package func connect(to endpoint: AMQPEndpoint, name: String) async throws(AMQPError) -> any AMQPConnection {
        let connection = try RabbitMQConnection(settings: endpoint.settings, watchdog: sharedWatchdog())
        try await connection.open(endpoint, name: name)
        return connection
    }

    private func sharedWatchdog() throws(AMQPError) -> Watchdog {
        let result = watchdog.withLock { watchdog -> Result<Watchdog, AMQPError> in
            if let watchdog { return .success(watchdog) }
            return Result { () throws(AMQPError) in try Watchdog() }
                .map { new in
                    watchdog = new
                    return new
                }
        }
        return try result.get()
    }
}
