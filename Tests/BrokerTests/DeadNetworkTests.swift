import AMQP
import BrokerSupport
import RabbitMQTransport
import Testing

/// What networks do to a connection: everything that waits for an answer has an end. The bounds are those of our
/// time-outs with room for a busy machine, and far from the minutes that the system would wait.
@Suite("Dead networks")
struct DeadNetworkTests {
    @Test("a black-holed broker is given up after two heartbeats")
    func blackHole() async throws {
        let broker = try await PrivateBroker.steady()
        let proxy = try FaultProxy(to: broker.port)
        defer { proxy.stop() }
        let (connection, trail) = try await connect(.plain(port: proxy.port, heartbeat: .seconds(1)))
        try await connection.selectConfirms()
        let start = ContinuousClock.now
        proxy.blackHole(.toClient)
        let error = try await trail.closed()
        #expect(error.code == .heartbeatMissed)
        #expect((.seconds(1)...Duration.seconds(20)).contains(ContinuousClock.now - start))
        #expect(await BrokerTests.error { try await connection.selectConfirms() } == error)
    }

    @Test(
        "a broker that is not heard, or does not hear, is given up so early that two heartbeats suffice to connect again",
        arguments: [FaultProxy.Direction.toClient, .toServer]
    )
    func earlyNotice(direction: FaultProxy.Direction) async throws {
        let broker = try await PrivateBroker.steady()
        let proxy = try FaultProxy(to: broker.port)
        defer { proxy.stop() }
        let (_, trail) = try await connect(.plain(port: proxy.port, heartbeat: .seconds(20)))
        proxy.blackHole(direction)
        let error = try await trail.closed(within: .seconds(60))
        // After two it is the library that speaks, or the broker that closes.
        #expect(error.code == .heartbeatMissed && error.message.contains("not answered"))
    }

    @Test("a call to a black-holed broker ends with its time-out")
    func callIntoBlackHole() async throws {
        let broker = try await PrivateBroker.steady()
        let proxy = try FaultProxy(to: broker.port)
        defer { proxy.stop() }
        let (connection, trail) = try await connect(.plain(port: proxy.port, callTimeout: .seconds(1)))
        proxy.blackHole(.toClient, .toServer)
        let start = ContinuousClock.now
        let error = await error { try await connection.selectConfirms() }
        #expect(error?.code == .timedOut)
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(try await trail.closed() == error)
    }

    @Test("publishing into a black hole until every buffer is full hangs neither the caller nor the thread")
    func publishIntoBlackHole() async throws {
        let broker = try await PrivateBroker.steady()
        let proxy = try FaultProxy(to: broker.port)
        defer { proxy.stop() }
        let queue = fresh("hole")
        let (connection, trail) = try await connect(
            .plain(port: proxy.port, heartbeat: .seconds(2), callTimeout: .seconds(15))
        )
        try await connection.declareClassic(queue)
        proxy.blackHole(.toClient, .toServer)
        let start = ContinuousClock.now
        let body = String(repeating: "x", count: 4 << 20)
        var refusal: AMQPError?
        while refusal == nil, ContinuousClock.now - start < .seconds(30) {
            refusal = await error { try await connection.publish(body, to: queue) }
        }
        // The thread was stuck in send; the watchdog, or the kernel, ended that after three heartbeats.
        #expect(ContinuousClock.now - start < .seconds(25))
        let end = try await trail.closed()
        #expect([.timedOut, .connectionLost, .heartbeatMissed].contains(end.code))
        #expect(refusal == end)
    }

    @Test("closing behind a thread that is stuck in send is bounded")
    func closeBehindStuckThread() async throws {
        let broker = try await PrivateBroker.steady()
        let proxy = try FaultProxy(to: broker.port)
        defer { proxy.stop() }
        let queue = fresh("stuck")
        let (connection, trail) = try await connect(
            .plain(port: proxy.port, heartbeat: .seconds(15), callTimeout: .seconds(3))
        )
        try await connection.declareClassic(queue)
        proxy.blackHole(.toClient, .toServer)
        try await connection.publish(String(repeating: "x", count: 32 << 20), to: queue)
        let start = ContinuousClock.now
        await connection.close()
        #expect(ContinuousClock.now - start < .seconds(20))
        _ = try await trail.closed()
    }

    @Test("a half-closed connection ends", arguments: [FaultProxy.Direction.toClient, .toServer])
    func halfClosed(direction: FaultProxy.Direction) async throws {
        let broker = try await PrivateBroker.steady()
        let proxy = try FaultProxy(to: broker.port)
        defer { proxy.stop() }
        let (_, trail) = try await connect(.plain(port: proxy.port, heartbeat: .seconds(1)))
        proxy.halfClose(direction)
        #expect([.connectionLost, .heartbeatMissed].contains(try await trail.closed().code))
    }
}
