import AMQP
import BrokerSupport
import Foundation

/// A virtual host of a private broker, with a user whose password can be looked for where it must not be.
struct VirtualHost: Sendable {
    let broker: PrivateBroker
    let name: String
    let user: String
    let password: String

    init(of broker: PrivateBroker) async throws {
        self.broker = broker
        let chance = UUID().uuidString.lowercased()
        name = "test-\(chance.prefix(8))"
        user = "user-\(chance.prefix(8))"
        password = "canary-\(chance)"
        try await broker.addVirtualHost(name)
        try await broker.addUser(user, password: password)
        try await broker.permit(user, in: name)
    }

    var uri: String { "amqp://\(user):\(password)@127.0.0.1:\(broker.port)/\(name)" }
    var uriWithoutPassword: String { uri(port: nil) }

    /// Without the password; through another port than the broker's own, if one is given.
    func uri(port: UInt16?) -> String { "amqp://\(user)@127.0.0.1:\(port ?? broker.port)/\(name)" }

    func endpoint() -> AMQPEndpoint {
        var settings = ConnectionSettings()
        // Long: a machine that starves the tests for seconds is not to cost them a connection.
        settings.heartbeat = .seconds(30)
        let password = password
        return AMQPEndpoint(
            host: "127.0.0.1",
            port: broker.port,
            virtualHost: name,
            user: user,
            password: { password },
            tls: nil,
            settings: settings
        )
    }

    /// Ready messages; of a quorum queue as they were some seconds ago.
    func messageCount(in queue: String) async throws -> Int {
        try await broker.figures(of: queue, in: name).ready
    }

    func has(queue: String) async -> Bool {
        await (try? broker.figures(of: queue, in: name)) != nil
    }
}
