import AzureAI
import CopyDomain
import Foundation
import NIOSSL
import Testing

@testable import AzureHTTP

@Suite("Through a proxy", .timeLimit(.minutes(1)))
struct ProxyTests {
    static func settings(
        _ proxy: ConnectProxy,
        user: String? = nil,
        password: String? = nil,
        exceptions: [String] = []
    ) -> AsyncHTTPSender.Settings {
        var settings = AsyncHTTPSender.Settings()
        settings.proxy = ProxySettings(
            host: "127.0.0.1",
            port: proxy.port,
            user: user,
            password: password.map { Secret($0) },
            exceptions: exceptions
        )
        return settings
    }

    @Test("a request goes through with its login, once")
    func connects() async throws {
        try await ConnectProxy.with(.wants("Y29waWVyOmNhbmFyeQ==")) { proxy in
            try await ScriptedServer.with { server in
                let settings = Self.settings(proxy, user: "copier", password: "canary")
                try await AsyncHTTPSender.with(settings) { sender in
                    let response = try await sender.send(Requests.post(server.url + "/path", body: "body"))
                    #expect(response.status == 200)
                }
                #expect(proxy.requests.count == 1)
                #expect(proxy.requests.first?.hasPrefix("CONNECT 127.0.0.1:\(server.port) HTTP/1.1\r\n") == true)
                #expect(server.requests.count == 1 && server.requests.first?.hasPrefix("POST /path ") == true)
                #expect(server.requests.first?.lowercased().contains("proxy-authorization") == false)
                #expect(server.requests.first?.contains("x-passage") == false)
            }
        }
    }

    @Test("with TLS the proxy sees where to, and nothing else; a private authority is trusted")
    func tls() async throws {
        let certificate = try NIOSSLCertificate(bytes: Array(TestCertificate.certificate.utf8), format: .pem)
        let key = try NIOSSLPrivateKey(bytes: Array(TestCertificate.key.utf8), format: .pem)
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: [.certificate(certificate)],
                privateKey: .privateKey(key)
            )
        )
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("ca-\(UUID().uuidString).pem")
        try Data(TestCertificate.certificate.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await ConnectProxy.with { proxy in
            try await ScriptedServer.with(tls: context) { server in
                var settings = Self.settings(proxy)
                settings.caFile = file.path
                try await AsyncHTTPSender.with(settings) { sender in
                    let response = try await sender.send(Requests.post("https://localhost:\(server.port)/secret-path"))
                    #expect(response.status == 200)
                }
                #expect(proxy.requests.first?.hasPrefix("CONNECT localhost:\(server.port) ") == true)
                #expect(server.requests.first?.hasPrefix("POST /secret-path ") == true)
                #expect(!proxy.passed.contains("secret-path") && !proxy.passed.contains("canary"))
            }
        }
    }

    @Test("exceptions and what must be direct go past the proxy")
    func direct() async throws {
        try await ConnectProxy.with { proxy in
            try await ScriptedServer.with { server in
                try await AsyncHTTPSender.with(Self.settings(proxy, exceptions: ["127.0.0.1"])) { sender in
                    _ = try await sender.send(Requests.get(server.url))
                }
                try await AsyncHTTPSender.with(Self.settings(proxy)) { sender in
                    var request = Requests.get(server.url)
                    request.isDirect = true
                    _ = try await sender.send(request)
                }
                #expect(proxy.requests.isEmpty && server.requests.count == 2)
            }
        }
    }

    @Test(
        "a proxy that does not let through is told as such, and nothing was sent",
        arguments: [
            (ConnectProxy.Manners.wants("else"), "the proxy wants another login"),
            (.refuses, "the proxy did not connect"),
        ]
    )
    func refused(manners: ConnectProxy.Manners, says: String) async throws {
        try await ConnectProxy.with(manners) { proxy in
            try await ScriptedServer.with { server in
                try await AsyncHTTPSender.with(Self.settings(proxy, user: "u", password: "canary")) { sender in
                    let error = await sender.failure(of: Requests.post(server.url))
                    #expect(error?.code == .notSent)
                    #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
                    #expect(error?.message.contains("canary") == false)
                }
                #expect(server.connections == 0 && proxy.passed.isEmpty)
            }
        }
    }

    @Test("a proxy that is not there is no connection, and nothing was sent")
    func absent() async throws {
        var settings = AsyncHTTPSender.Settings()
        settings.proxy = ProxySettings(host: "127.0.0.1", port: 1)
        try await AsyncHTTPSender.with(settings) { sender in
            let error = await sender.failure(of: Requests.post("http://target.example"))
            #expect(error?.code == .notSent)
        }
    }

    @Test(
        "exceptions are hosts with what is below them, or domains",
        arguments: [
            ("models.example", ["models.example"], false), ("a.MODELS.example", ["models.EXAMPLE"], false),
            ("evilmodels.example", ["models.example"], true), ("a.internal", [".internal"], false),
            ("internal", [".internal"], true), ("10.0.0.1", ["10.0.0.1"], false), ("10.0.0.1", [], true),
        ]
    )
    func exceptions(host: String, exceptions: [String], isCovered: Bool) {
        #expect(ProxySettings(host: "p", port: 1, exceptions: exceptions).covers(host: host) == isCovered)
    }
}
