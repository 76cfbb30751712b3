package import AMQP
import Foundation

/// A virtual host of a private broker: what one test sees of it.
package struct VirtualHost: Sendable {
    package let broker: PrivateBroker
    package let name: String

    package var password: String { broker.password }

    /// `amqp://` with the user but without the password.
    package var uriWithoutPassword: String {
        "amqp://\(PrivateBroker.user)@127.0.0.1:\(broker.port)/\(name)"
    }

    package func endpoint(heartbeat: Duration = .seconds(5)) -> AMQPEndpoint {
        var settings = ConnectionSettings()
        settings.heartbeat = heartbeat
        let password = password
        return AMQPEndpoint(
            host: "127.0.0.1", port: broker.port, virtualHost: name, user: PrivateBroker.user,
            password: { password }, tls: nil, settings: settings
        )
    }

    package func delete() {
        _ = try? broker.control("delete_vhost", name)
    }

    /// Ready messages of a queue.
    package func messageCount(in queue: String) throws(PrivateBroker.Failure) -> Int {
        try counts("messages_ready")[queue] ?? 0
    }

    /// One figure of every queue, by name.
    package func counts(_ column: String) throws(PrivateBroker.Failure) -> [String: Int] {
        let text = try broker.control("list_queues", "-p", name, "name", column, "--no-table-headers")
        var counts: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "\t")
            if parts.count == 2, let count = Int(parts[1]) { counts[String(parts[0])] = count }
        }
        return counts
    }
}
