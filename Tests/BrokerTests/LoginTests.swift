import AMQP
import BrokerSupport
import RabbitMQTransport
import Testing

@Suite("Connecting and logging in")
struct LoginTests {
    @Test("a connection carries its name, which the broker shows")
    func name() async throws {
        let broker = try await PrivateBroker.steady()
        let (connection, trail) = try await connect(.plain(port: broker.port), name: "shown-by-name")
        let properties = try await broker.clientProperties()
        #expect(properties.contains("shown-by-name"))
        #expect(properties.contains("azure-copy-worker"))
        await connection.close()
        #expect(try await trail.closed().code == .closedByUs)
    }

    @Test("a wrong password is a refused login, and is not repeated in the error")
    func wrongPassword() async throws {
        let broker = try await PrivateBroker.steady()
        let error = try #require(
            await error { _ = try await connect(.plain(port: broker.port, password: "hunter2")) }
        )
        #expect(error.code == .loginRefused)
        #expect(error.replyCode == 403)
        #expect(!error.description.contains("hunter2"))
    }

    @Test("a virtual host that is not there, or not for this user, is a refused login")
    func virtualHost() async throws {
        let broker = try await PrivateBroker.steady()
        let missing = await error {
            _ = try await connect(.plain(port: broker.port, virtualHost: "nowhere"))
        }
        #expect(missing?.code == .loginRefused)
        #expect(missing?.message.contains("nowhere") == true)

        try await broker.addUser("stranger", password: "s")
        let forbidden = await error {
            _ = try await connect(.plain(port: broker.port, user: "stranger", password: "s"))
        }
        #expect(forbidden?.code == .loginRefused)
    }

    @Test("a port where nobody listens is unreachable")
    func nobody() async throws {
        let error = await error { _ = try await connect(.plain(port: 1)) }
        #expect(error?.code == .unreachable)
    }

    @Test("a name that nobody knows is unreachable")
    func unknownHost() async throws {
        var endpoint = AMQPEndpoint.plain(port: 5672)
        endpoint.host = "broker.invalid"
        let failing = endpoint
        let error = await error { _ = try await connect(failing) }
        #expect(error?.code == .unreachable)
    }

    @Test("a peer that accepts and says nothing is given up within the time-out")
    func silentPeer() async throws {
        let broker = try await PrivateBroker.steady()
        let proxy = try FaultProxy(to: broker.port)
        defer { proxy.stop() }
        proxy.blackHole(.toServer, .toClient)
        let start = ContinuousClock.now
        let endpoint = AMQPEndpoint.plain(port: proxy.port, connectTimeout: .seconds(1))
        let error = await error { _ = try await connect(endpoint) }
        #expect(error?.code == .timedOut || error?.code == .unreachable)
        // Without a time-out of ours the system would wait for minutes.
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test("a password that cannot be read, or holds a zero byte, is invalid")
    func unusablePassword() async throws {
        struct Unreadable: Error {}
        let broker = try await PrivateBroker.steady()
        var endpoint = AMQPEndpoint.plain(port: broker.port)
        endpoint.password = { throw Unreadable() }
        let unreadable = endpoint
        #expect(await error { _ = try await connect(unreadable) }?.code == .invalid)
        let zero = AMQPEndpoint.plain(port: broker.port, password: "a\0b")
        #expect(await error { _ = try await connect(zero) }?.code == .invalid)
    }

    @Test("after close every call throws, and there are no more events")
    func afterClose() async throws {
        let broker = try await PrivateBroker.steady()
        let (connection, trail) = try await connect(.plain(port: broker.port))
        await connection.close()
        await connection.close()
        _ = try await trail.closed()
        #expect(await error { try await connection.selectConfirms() }?.code == .closedByUs)
        #expect(await error { try await connection.publish("x", to: "q") }?.code == .closedByUs)
        #expect(await error { try await connection.settle([.ack(tag: 1)]) }?.code == .closedByUs)
        let ends = trail.all.filter { if case .closed = $0 { true } else { false } }
        #expect(ends.count == 1)
    }
}
