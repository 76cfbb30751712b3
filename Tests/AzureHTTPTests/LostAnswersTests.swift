import AzureAI
import CopyDomain
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import AzureHTTP

#if canImport(FoundationEssentials)
    import FoundationEssentials
#endif

@Suite("Requests without an answer", .timeLimit(.minutes(1)))
struct LostAnswersTests {
    /// A host and port on which nobody listens: of an address that no other test takes ports of.
    func closedAddress() async throws -> String {
        let host = "127.0.0.2"
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: host, port: 0).get()
        let port = try #require(channel.localAddress?.port)
        try await channel.close()
        return "\(host):\(port)"
    }

    @Test("a refused connection: nothing was sent, and that is known at once")
    func refused() async throws {
        let address = try await closedAddress()
        try await AsyncHTTPSender.with { sender in
            let clock = ContinuousClock()
            let start = clock.now
            let failure = await sender.failure(of: Requests.post("http://\(address)/"))
            #expect(failure?.code == .notSent)
            #expect(failure?.message == "nothing was sent: the connection was refused")
            #expect(clock.now - start < .seconds(5))
        }
    }

    @Test("a name that does not resolve, a URL that is none: nothing was sent")
    func unresolved() async throws {
        try await AsyncHTTPSender.with { sender in
            #expect(await sender.failure(of: Requests.post("http://name.invalid/"))?.code == .notSent)
            #expect(await sender.failure(of: Requests.post("http://"))?.code == .notSent)
            #expect(await sender.failure(of: Requests.post("file:///etc/passwd"))?.code == .notSent)
        }
    }

    @Test("a server that does not speak TLS: nothing was sent")
    func noTLS() async throws {
        try await ScriptedServer.with([.answer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")]) { server in
            var settings = AsyncHTTPSender.Settings()
            settings.connectTimeout = .seconds(1)
            try await AsyncHTTPSender.with(settings) { sender in
                let failure = await sender.failure(of: Requests.post("https://localhost:\(server.port)/"))
                #expect(failure?.code == .notSent)
            }
            #expect(server.requests.isEmpty)
        }
    }

    @Test("a certificate that is not trusted gets no request, and one of the CA file does")
    func privateCA() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "ca-\(UUID().uuidString).pem")
        try Data(TestCertificate.certificate.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let certificates = try NIOSSLCertificate.fromPEMBytes(Array(TestCertificate.certificate.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(TestCertificate.key.utf8), format: .pem)
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: certificates.map { .certificate($0) },
                privateKey: .privateKey(key)
            )
        )
        try await ScriptedServer.with(tls: context) { server in
            try await AsyncHTTPSender.with { sender in
                let failure = await sender.failure(of: Requests.post("https://localhost:\(server.port)/"))
                #expect(failure?.code == .notSent)
            }
            #expect(server.requests.isEmpty)
            var settings = AsyncHTTPSender.Settings()
            settings.caFile = file.path
            try await AsyncHTTPSender.with(settings) { sender in
                let response = try await sender.send(Requests.post("https://localhost:\(server.port)/"))
                #expect(response.status == 200)
                let late = Requests.post(
                    "https://localhost:\(server.port)/",
                    sendBefore: SendBefore(nanoseconds: 1)
                )
                #expect(await sender.failure(of: late)?.code == .tooLate)
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test("a CA file that is none is told with its path")
    func badCA() throws {
        var settings = AsyncHTTPSender.Settings()
        settings.caFile = "/nowhere/ca.pem"
        let error = #expect(throws: UnusableCertificates.self) { try AsyncHTTPSender(settings) }
        #expect(error?.description.contains("/nowhere/ca.pem") == true)
    }

    @Test(
        "once a request was sent, whatever ends the connection leaves its fate open",
        arguments: [
            ScriptedServer.Reply.reset, .answerAndClose(""), .cutOff("HTTP/1.1 200 OK\r\nContent-Le"),
            .cutOff("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"), .answer("SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        ]
    )
    func cutOff(_ reply: ScriptedServer.Reply) async throws {
        try await ScriptedServer.with([reply]) { server in
            try await AsyncHTTPSender.with { sender in
                #expect(await sender.failure(of: Requests.post(server.url + "/"))?.code == .noAnswer)
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test(
        "a silent server: the time is over, the fate is open",
        arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"]
    )
    func silence(_ beginning: String) async throws {
        try await ScriptedServer.with([.answer(beginning)]) { server in
            try await AsyncHTTPSender.with { sender in
                let failure = await sender.failure(of: Requests.post(server.url + "/", timeout: .milliseconds(200)))
                #expect(failure?.code == .noAnswer)
                #expect(failure?.message == "there was no answer: the time for it was over")
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test("a request that is given up while it waits for its answer has an open fate")
    func cancelled() async throws {
        try await ScriptedServer.with([.silence]) { server in
            try await AsyncHTTPSender.with { sender in
                let url = server.url
                let sending = Task { await sender.failure(of: Requests.post(url + "/")) }
                while server.requests.isEmpty { await Task.yield() }
                sending.cancel()
                #expect(await sending.value?.code == .noAnswer)
                let never = Task {
                    while !Task.isCancelled { await Task.yield() }
                    return await sender.failure(of: Requests.post(url + "/"))
                }
                never.cancel()
                #expect(await never.value?.code == .notSent)
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test("a connection that dies under its second request leaves that one open; it is not sent again")
    func staleConnection() async throws {
        try await ScriptedServer.with([.ok, .reset, .ok]) { server in
            try await AsyncHTTPSender.with { sender in
                _ = try await sender.send(Requests.post(server.url + "/1"))
                #expect(await sender.failure(of: Requests.post(server.url + "/2"))?.code == .noAnswer)
            }
            #expect(server.requests.count == 2)
        }
    }

    @Test("servers that close after each answer never see a request twice, and `not sent` is never wrong")
    func closingServer() async throws {
        let reply = ScriptedServer.Reply.answerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        try await ScriptedServer.with(Array(repeating: reply, count: 300)) { server in
            var outcomes: [HTTPSendingError.Code?] = []
            try await AsyncHTTPSender.with { sender in
                for index in 0..<200 {
                    outcomes.append(await sender.failure(of: Requests.post("\(server.url)/\(index)"))?.code)
                }
            }
            for (index, outcome) in outcomes.enumerated() {
                let seen = server.requests.count { $0.hasPrefix("POST /\(index) ") }
                switch outcome {
                case nil: #expect(seen == 1)
                case .notSent?, .tooLate?: #expect(seen == 0)
                case .noAnswer?: #expect(seen <= 1)
                }
            }
            #expect(outcomes.contains(nil))
        }
    }

    @Test("a body beyond the limit is no answer, announced or not")
    func hugeBody() async throws {
        let announced = "HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n"
        let chunk = "4000\r\n" + String(repeating: "x", count: 0x4000) + "\r\n"
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "0\r\n\r\n"
        var settings = AsyncHTTPSender.Settings()
        settings.largestBody = 0x4001
        try await ScriptedServer.with([.answer(announced), .answer(chunked)]) { server in
            try await AsyncHTTPSender.with(settings) { sender in
                for _ in 0..<2 {
                    let failure = await sender.failure(of: Requests.get(server.url + "/"))
                    #expect(failure?.code == .noAnswer)
                    #expect(failure?.message.contains("larger than 16385 bytes") == true)
                }
            }
        }
    }

    @Test("no error says what was in the URL, a header or the body")
    func redaction() async throws {
        let address = try await closedAddress()
        try await ScriptedServer.with([.reset]) { server in
            try await AsyncHTTPSender.with { sender in
                for url in ["http://\(address)", server.url] {
                    let request = Requests.post("\(url)/import?token=canary", body: "canary")
                    let failure = try #require(await sender.failure(of: request))
                    #expect(!"\(failure)".contains("canary"))
                }
            }
        }
    }
}
