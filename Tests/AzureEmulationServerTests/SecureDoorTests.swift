import AsyncHTTPClient
import AzureEmulation
import AzureEmulationServer
import EmulationSupport
import FoundationEssentials
import NIOSSL
import Testing

@Suite("Doors over https", .timeLimit(.minutes(2)))
struct SecureDoorTests {
    @Test("resources and the token endpoint speak https, their URLs too; managed identity speaks http as on a machine")
    func https() async throws {
        try await Self.run(with: Self.trusting()) { azure, emulator in
            #expect(azure.endpoint("west").hasPrefix("https://127.0.0.1:"))
            #expect(azure.endpoint("entra").hasPrefix("https://127.0.0.1:"))
            #expect(azure.endpoint("identity").hasPrefix("http://127.0.0.1:"))

            let tokens = [
                try await azure.token(),
                try #require(try await azure.askIdentity().decoded(Look.self).access_token.string),
                try #require(try await azure.askAppService().decoded(Look.self).access_token.string),
            ]
            for token in tokens { #expect(try await azure.listModels(bearer: token).status == 200) }

            let (_, location) = try await azure.startCopy()
            #expect(location.hasPrefix("\(azure.endpoint("west"))/formrecognizer/v2.1/"))
            #expect(try await azure.poll(location).status == 200)
            let base = "\(azure.endpoint("entra"))/\(TestAzure.tenant)"
            let found: Look = try await azure.call("GET", "\(base)/v2.0/.well-known/openid-configuration").decoded()
            #expect(found.token_endpoint.string == "\(base)/oauth2/v2.0/token")

            let ready = try JSONDecoder().decode(Look.self, from: Data(emulator.readyText.utf8))
            #expect(ready.entra.endpoint.string == azure.endpoint("entra"))
            #expect(ready.entra.imdsEndpoint.string == azure.endpoint("identity"))
            #expect(ready.entra.identityEndpoint.string == azure.endpoint("identity") + "/msi/token")
            #expect(ready.entra.identityHeader.string == "header-s3cret")
            #expect(ready.resources[0].endpoint.string == azure.endpoint("west"))
        }
    }

    @Test("who does not trust the authority does not talk to a resource")
    func untrusted() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        try await Self.run(with: HTTPClient(configuration: configuration)) { azure, _ in
            await #expect(throws: NIOSSLError.self) {
                try await azure.recognizer("GET", "west", "v2.1/custom/models?op=summary")
            }
        }
    }

    @Test("a certificate that is not there is named before any port listens")
    func missingCertificate() async throws {
        var configuration = EmulatorConfiguration(resources: [TestAzure.west])
        configuration.tls = ServerCertificate(certificateFile: "/nowhere/c.pem", keyFile: "/nowhere/k.pem")
        let error = await #expect(throws: ConfigurationError.self) {
            try await AzureEmulator.run(configuration) { _ in }
        }
        #expect(error?.sentence.contains("/nowhere/c.pem") == true)
    }

    /// A client that trusts the authority of the doors.
    private static func trusting() throws -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(TestCertificate.authority.utf8)))
        return HTTPClient(configuration: .init(tlsConfiguration: tls))
    }

    private static func run(
        with client: HTTPClient,
        _ body: (TestAzure, AzureEmulator) async throws -> Void
    ) async throws {
        do {
            try await TestCertificate.inFiles { certificate, key in
                try await ServedAzure.run(
                    west: TestAzure.guarded,
                    entra: TestAzure.directory,
                    tls: ServerCertificate(certificateFile: certificate, keyFile: key),
                    client: client,
                    body
                )
            }
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }
}
