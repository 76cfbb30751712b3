import AMQP
import BrokerSupport
import RabbitMQTransport
import Synchronization

extension AMQPEndpoint {
    static func plain(
        port: UInt16,
        virtualHost: String = "/",
        user: String = "guest",
        password: String = "guest",
        heartbeat: Duration = .seconds(15),
        callTimeout: Duration = .seconds(10),
        connectTimeout: Duration = .seconds(10)
    ) -> AMQPEndpoint {
        var settings = ConnectionSettings()
        settings.heartbeat = heartbeat
        settings.callTimeout = callTimeout
        settings.connectTimeout = connectTimeout
        return AMQPEndpoint(
            host: "127.0.0.1",
            port: port,
            virtualHost: virtualHost,
            user: user,
            password: { password },
            tls: nil,
            settings: settings
        )
    }
}

/// Connects to `endpoint`; the trail reads its events from the start.
func connect(
    _ endpoint: AMQPEndpoint,
    name: String = "test"
) async throws -> (connection: any AMQPConnection, trail: EventTrail) {
    let connection = try await transport.connect(to: endpoint, name: name)
    return (connection, EventTrail(connection))
}

/// One for all tests, as a program has it.
let transport = RabbitMQTransport()

private let counter = Atomic<Int>(0)

/// A name that no other test uses.
func fresh(_ name: String) -> String {
    "\(name)-\(counter.add(1, ordering: .relaxed).newValue)"
}

extension AMQPConnection {
    func declareClassic(_ name: String) async throws {
        _ = try await declare(QueueDeclaration(name: name), passive: false)
    }

    func publish(_ body: String, to queue: String, mandatory: Bool = true) async throws {
        try await publish([.text(body, to: queue, mandatory: mandatory)])
    }
}

extension OutgoingMessage {
    static func text(_ body: String, to queue: String, mandatory: Bool = true) -> OutgoingMessage {
        var message = AMQPMessage(body: Array(body.utf8))
        message.deliveryMode = 2
        return OutgoingMessage(exchange: "", routingKey: queue, mandatory: mandatory, message: message)
    }
}

extension RawDelivery {
    var text: String { String(decoding: message.body, as: UTF8.self) }
}

/// The error that `body` throws.
func error(of body: () async throws -> Void) async -> AMQPError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? AMQPError
    }
}
