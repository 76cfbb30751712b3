import CopyDomain
import Testing

@testable import AzureAI

@Suite("Requests for tokens")
struct TokenRequestsTests {
    static func request(_ way: EntraIdentity.Way, secret: Secret? = nil) throws -> HTTPRequest {
        try TokenRequests.request(
            for: EntraIdentity(name: "it", way: way, scope: Identities.scope),
            secret: secret,
            userAgent: "test",
            timeout: .seconds(10)
        )
    }

    static let noSecret: SecretSourceReading = { SecretReading(Secret("")) }

    @Test("a client secret goes into a form, to the authority")
    func clientSecret() throws {
        let way = EntraIdentity.Way.clientSecret(Identities.application, secret: Self.noSecret)
        let request = try Self.request(way, secret: Secret("a&b=c d"))
        #expect(request.method == .post)
        #expect(request.url.reveal() == "https://login.example/contoso.example/oauth2/v2.0/token")
        #expect(request.header("Content-Type") == "application/x-www-form-urlencoded")
        #expect(
            request.body?.reveal() == """
                client_id=client-1&scope=https%3A%2F%2Fcognitiveservices.azure.com%2F.default\
                &client_secret=a%26b%3Dc%20d&grant_type=client_credentials
                """
        )
        #expect(!request.isDirect)
    }

    @Test("a workload shows the token of its own issuer")
    func workload() throws {
        let application = EntraApplication(authority: "https://login.example/", tenant: "t", clientID: "c")
        let request = try Self.request(.workload(application, assertion: Self.noSecret), secret: Secret("a.b.c"))
        #expect(request.url.reveal() == "https://login.example/t/oauth2/v2.0/token")
        #expect(
            request.body?.reveal() == """
                client_id=c&scope=https%3A%2F%2Fcognitiveservices.azure.com%2F.default\
                &client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer\
                &client_assertion=a.b.c&grant_type=client_credentials
                """
        )
    }

    @Test(
        "the metadata service is asked for a resource, and directly",
        arguments: [
            (.systemAssigned, ""), (.clientID("c"), "&client_id=c"), (.objectID("o"), "&object_id=o"),
            (.resourceID("/subscriptions/s"), "&msi_res_id=%2Fsubscriptions%2Fs"),
        ] as [(ManagedIdentity, String)]
    )
    func metadata(identity: ManagedIdentity, query: String) throws {
        let request = try Self.request(.instanceMetadata(endpoint: "http://169.254.169.254", identity))
        #expect(
            request.url.reveal() == """
                http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01\
                &resource=https%3A%2F%2Fcognitiveservices.azure.com\(query)
                """
        )
        #expect(request.method == .get && request.body == nil && request.isDirect)
        #expect(request.header("Metadata") == "true")
    }

    @Test(
        "App Service is asked at its own address, with its header",
        arguments: [
            (.systemAssigned, ""), (.clientID("c"), "&client_id=c"), (.objectID("o"), "&principal_id=o"),
            (.resourceID("/s"), "&mi_res_id=%2Fs"),
        ] as [(ManagedIdentity, String)]
    )
    func appService(identity: ManagedIdentity, query: String) throws {
        let request = try Self.request(
            .appService(endpoint: "http://localhost:42356/msi/token", header: Secret("canary"), identity)
        )
        #expect(
            request.url.reveal() == """
                http://localhost:42356/msi/token?api-version=2019-08-01\
                &resource=https%3A%2F%2Fcognitiveservices.azure.com\(query)
                """
        )
        #expect(request.header("X-IDENTITY-HEADER") == "canary" && request.isDirect)
    }

    @Test("a tenant stays inside its segment, and an authority is a host")
    func places() throws {
        let odd = EntraApplication(authority: "https://login.example", tenant: "a/../b?c", clientID: "c")
        let request = try Self.request(.clientSecret(odd, secret: Self.noSecret))
        #expect(request.url.reveal() == "https://login.example/a%2F..%2Fb%3Fc/oauth2/v2.0/token")
        for (authority, tenant) in [("https://a/b", "t"), ("https://u@a", "t"), ("https://a", ".."), ("", "t")] {
            let application = EntraApplication(authority: authority, tenant: tenant, clientID: "c")
            #expect(throws: TokenFailure.self) {
                try Self.request(.clientSecret(application, secret: Self.noSecret))
            }
        }
    }
}
