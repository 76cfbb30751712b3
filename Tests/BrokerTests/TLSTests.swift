import AMQP
import BrokerSupport
import RabbitMQTransport
import Testing

@Suite("TLS")
struct TLSTests {
    @Test("a broker whose authority is trusted is talked to")
    func trusted() async throws {
        let broker = try await PrivateBroker.steady()
        let endpoint = AMQPEndpoint.secured(broker, TLSSettings(caFile: broker.tlsFile("ca.pem")))
        let queue = fresh("tls")
        let (connection, trail) = try await connect(endpoint)
        try await connection.declareClassic(queue)
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 100, exclusive: false)
        // Larger than a TLS record and than the library's buffer.
        let body = String(repeating: "tls ", count: 100_000)
        for _ in 0..<20 { try await connection.publish(body, to: queue) }
        for _ in 0..<20 { #expect(try await trail.delivery().text == body) }
        await connection.close()
    }

    @Test("a broker of another authority is refused", arguments: ["other-ca.pem", nil])
    func untrusted(authority: String?) async throws {
        let broker = try await PrivateBroker.steady()
        // Without a file the system's authorities count, which did not sign this broker either.
        let tls = TLSSettings(caFile: authority.map { broker.tlsFile($0) })
        let error = await error { _ = try await connect(.secured(broker, tls)) }
        #expect(error?.code == .tls)
    }

    @Test("a broker of another name is refused, unless names are not to be checked")
    func otherName() async throws {
        let broker = try await PrivateBroker.steady()
        var tls = TLSSettings(caFile: broker.tlsFile("ca.pem"))
        let refused = await error { [tls] in _ = try await connect(.secured(broker, tls, host: "127.0.0.1")) }
        #expect(refused?.code == .tls)
        #expect(refused?.message.contains("DNS names") == true)
        tls.verifyHostname = false
        let (connection, _) = try await connect(.secured(broker, tls, host: "127.0.0.1"))
        await connection.close()
    }

    @Test("a client certificate is a login of its own (EXTERNAL)")
    func clientCertificate() async throws {
        let broker = try await PrivateBroker.steady()
        try await broker.addUser("copy-client", password: "unused")
        try await broker.permit("copy-client")
        let tls = TLSSettings(
            caFile: broker.tlsFile("ca.pem"),
            certificateFile: broker.tlsFile("client.pem"),
            keyFile: broker.tlsFile("client.key")
        )
        var endpoint = AMQPEndpoint.secured(broker, tls)
        endpoint.user = ""
        let (connection, trail) = try await connect(endpoint)
        let queue = fresh("external")
        try await connection.declareClassic(queue)
        try await connection.consume(queue: queue, consumerTag: "c", prefetch: 1, exclusive: false)
        var outgoing = OutgoingMessage.text("mine", to: queue)
        outgoing.message.userID = "copy-client"
        try await connection.publish([outgoing])
        #expect(try await trail.delivery().message.userID == "copy-client")
        await connection.close()
    }

    @Test("files that are missing or no PEM are named")
    func badFiles() async throws {
        let broker = try await PrivateBroker.steady()
        let ca = broker.tlsFile("ca.pem")
        let missing = broker.tlsFile("nowhere.pem")
        let noPEM = broker.directory + "/rabbitmq.conf"
        let settings = [
            (TLSSettings(caFile: missing), missing),
            (TLSSettings(caFile: noPEM), noPEM),
            (TLSSettings(caFile: ca, certificateFile: missing, keyFile: missing), missing),
            (TLSSettings(caFile: ca, certificateFile: broker.tlsFile("client.pem")), "client.pem"),
        ]
        for (tls, name) in settings {
            let error = await error { _ = try await connect(.secured(broker, tls)) }
            #expect(error?.code == .tls || error?.code == .invalid)
            #expect(error?.message.contains(name) == true)
        }
    }

    @Test("plain TCP to a TLS port, and TLS to a plain one, are errors within the time-out")
    func crossed() async throws {
        let broker = try await PrivateBroker.steady()
        let plain = AMQPEndpoint.plain(port: broker.tlsPort, connectTimeout: .seconds(3))
        #expect(await error { _ = try await connect(plain) } != nil)
        var secured = AMQPEndpoint.secured(broker, TLSSettings(caFile: broker.tlsFile("ca.pem")))
        secured.port = broker.port
        secured.settings.connectTimeout = .seconds(3)
        let endpoint = secured
        #expect(await error { _ = try await connect(endpoint) } != nil)
    }

    @Test("a connection that ends or is reset is no matter of TLS, neither in the handshake nor later")
    func cutOff() async throws {
        let broker = try await PrivateBroker.steady()
        let proxy = try FaultProxy(to: broker.tlsPort)
        defer { proxy.stop() }
        var endpoint = AMQPEndpoint.secured(broker, TLSSettings(caFile: broker.tlsFile("ca.pem")))
        endpoint.port = proxy.port
        let secured = endpoint
        let cuts: [@Sendable () -> Void] = [{ proxy.reset() }, { proxy.halfClose(.toClient) }]
        for cut in cuts {
            let (_, trail) = try await connect(secured)
            cut()
            #expect(try await trail.closed().code == .connectionLost)
            proxy.blackHole(.toClient)
            let outcome = Task { await error { _ = try await connect(secured) }?.code }
            let cutting = Task {
                while !Task.isCancelled {
                    cut()
                    try? await Task.sleep(for: .milliseconds(50))
                }
            }
            #expect(await outcome.value == .unreachable)
            cutting.cancel()
            proxy.heal()
        }
    }

    @Test("a peer that speaks only TLS 1.1 is refused")
    func oldVersion() async throws {
        let broker = try await PrivateBroker.steady()
        let server = try await OldTLSServer(
            certificate: broker.tlsFile("server.pem"),
            key: broker.tlsFile("server.key")
        )
        var endpoint = AMQPEndpoint.secured(broker, TLSSettings(caFile: broker.tlsFile("ca.pem")))
        endpoint.port = server.port
        let old = endpoint
        #expect(await error { _ = try await connect(old) }?.code == .tls)
        await server.stop()
    }
}

extension AMQPEndpoint {
    static func secured(_ broker: PrivateBroker, _ tls: TLSSettings, host: String = "localhost") -> AMQPEndpoint {
        var endpoint = AMQPEndpoint.plain(port: broker.tlsPort)
        endpoint.host = host
        endpoint.tls = tls
        return endpoint
    }
}
