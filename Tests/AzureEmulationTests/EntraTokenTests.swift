import AzureEmulation
import EmulationSupport
import Testing

@Suite("The token endpoint", .timeLimit(.minutes(2)))
struct EntraTokenTests {
    @Test("a secret gets a token", arguments: [TestAzure.tenant, "contoso.onmicrosoft.com"])
    func secret(tenant: String) async throws {
        try await TestAzure.run(west: TestAzure.guarded, entra: TestAzure.directory) { azure in
            let reply = try await azure.askToken(tenant)
            #expect(reply.status == 200)
            #expect(reply.memberNames == ["token_type", "expires_in", "ext_expires_in", "access_token"])
            #expect(reply["content-type"] == "application/json; charset=utf-8")
            #expect(reply["cache-control"] == "no-store, no-cache")
            let body: Look = try reply.decoded()
            #expect(body.token_type.string == "Bearer")
            #expect(body.expires_in.int == 600)
            #expect(try await azure.listModels(bearer: #require(body.access_token.string)).status == 200)
        }
    }

    @Test("two requests get two tokens, and both open the resource")
    func distinct() async throws {
        try await TestAzure.run(west: TestAzure.guarded, entra: TestAzure.directory) { azure async throws in
            let tokens = [try await azure.token(), try await azure.token()]
            #expect(tokens[0] != tokens[1])
            for token in tokens { #expect(try await azure.listModels(bearer: token).status == 200) }
        }
    }

    static let assertions = [
        "whole-token", TestAzure.assertion(), TestAzure.assertion(audience: #"["x","api://AzureADTokenExchange"]"#),
    ]

    @Test("a federated token gets one, the configured text or a JWT with the right claims", arguments: assertions)
    func federated(assertion: String) async throws {
        try await TestAzure.run(west: TestAzure.guarded, entra: TestAzure.directory) { azure async throws in
            let token = try await azure.token(
                TestAzure.tenant,
                ["client_secret": "", "client_assertion": assertion, "client_assertion_type": Self.assertionType]
            )
            #expect(try await azure.listModels(bearer: token).status == 200)
            #expect(try azure.report().tokenRequests.federated[TestAzure.client].issued.int == 1)
        }
    }

    static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    struct Refused: Sendable, CustomTestStringConvertible {
        let fields: [String: String]
        var tenant = TestAzure.tenant
        let status: Int
        let error: String
        let code: Int
        var testDescription: String { "\(code)" }

        static func assertion(_ text: String, status: Int = 401, code: Int) -> Refused {
            Refused(
                fields: ["client_assertion": text, "client_assertion_type": assertionType, "client_secret": ""],
                status: status,
                error: "invalid_client",
                code: code
            )
        }
    }

    static let refusals: [Refused] = [
        Refused(fields: [:], tenant: "nowhere", status: 400, error: "invalid_request", code: 90002),
        Refused(fields: ["grant_type": ""], status: 400, error: "invalid_request", code: 900144),
        Refused(fields: ["grant_type": "password"], status: 400, error: "unsupported_grant_type", code: 70003),
        Refused(fields: ["client_id": ""], status: 400, error: "invalid_request", code: 900144),
        Refused(fields: ["client_id": TestAzure.foreigner], status: 400, error: "unauthorized_client", code: 700016),
        Refused(fields: ["client_secret": ""], status: 401, error: "invalid_client", code: 7_000_218),
        Refused(fields: ["client_secret": "wrong"], status: 401, error: "invalid_client", code: 7_000_215),
        Refused(fields: ["scope": ""], status: 400, error: "invalid_request", code: 900144),
        Refused(fields: ["scope": "https://x.net/read"], status: 400, error: "invalid_scope", code: 1_002_012),
        Refused(fields: ["scope": "user.read/.default"], status: 400, error: "invalid_scope", code: 70011),
        Refused(fields: ["scope": "https://x.net/.default"], status: 400, error: "invalid_resource", code: 500_011),
        Refused(
            fields: ["client_assertion": "whole-token", "client_assertion_type": "saml"],
            status: 400,
            error: "invalid_request",
            code: 900_023
        ),
        .assertion("no-jwt", code: 50027),
        .assertion("a.b.c", code: 50027),
        .assertion(TestAzure.assertion(expires: TestAzure.start.unixSeconds), code: 700_024),
        .assertion(TestAzure.assertion(issuer: "https://elsewhere"), code: 700_211),
        .assertion(TestAzure.assertion(audience: #""https://elsewhere""#), code: 700_212),
        .assertion(TestAzure.assertion(subject: "system:serviceaccount:ns:other"), code: 700_213),
    ]

    @Test("a refusal has Entra's shape and number, and gives nothing away", arguments: refusals)
    func refusal(case refused: Refused) async throws {
        try await TestAzure.run(entra: TestAzure.directory) { azure in
            let reply = try await azure.askToken(refused.tenant, refused.fields)
            #expect(reply.status == refused.status)
            #expect(
                reply.memberNames == [
                    "error", "error_description", "error_codes", "timestamp", "trace_id", "correlation_id", "error_uri",
                ]
            )
            let body: Look = try reply.decoded()
            #expect(body.error.string == refused.error)
            #expect(body.error_codes[0].int == refused.code)
            #expect(body.error_description.string?.hasPrefix("AADSTS\(refused.code): ") == true)
            #expect(body.timestamp.string == "2026-11-21 10:00:00Z")
            for secret in refused.fields where secret.key == "client_secret" || secret.key == "client_assertion" {
                #expect(secret.value.isEmpty || !reply.text.contains(secret.value))
            }
            #expect(azure.azure.tokens.isEmpty)
        }
    }

    @Test("the vendor's libraries find the endpoint by the tenant's configuration")
    func openIDConfiguration() async throws {
        try await TestAzure.run(entra: TestAzure.directory) { azure in
            let base = "\(azure.endpoint("entra"))/\(TestAzure.tenant)"
            let reply = try await azure.call("GET", "\(base)/v2.0/.well-known/openid-configuration")
            #expect(try reply.decoded(Look.self).token_endpoint.string == "\(base)/oauth2/v2.0/token")
            let unknown = "\(azure.endpoint("entra"))/nowhere/v2.0/.well-known/openid-configuration"
            #expect(try await azure.call("GET", unknown).status == 400)
        }
    }

    @Test("without a directory there is no door to one")
    func noDirectory() async throws {
        try await TestAzure.run { azure async throws in
            await #expect(throws: Interruption.noResource("entra")) { try await azure.askToken() }
        }
    }

    @Test("the report counts by kind and client and shows no secret; the headers of tokens are not kept")
    func report() async throws {
        try await TestAzure.run(west: TestAzure.guarded, entra: TestAzure.directory) { azure async throws in
            let token = try await azure.token()
            _ = try await azure.askToken(TestAzure.tenant, ["client_secret": "guess"])
            _ = try await azure.askToken(TestAzure.tenant, ["client_id": "nobody"])
            _ = try await azure.askIdentity()
            _ = try await azure.askAppService()
            _ = try await azure.listModels(bearer: token)
            let requests = try azure.report().tokenRequests
            #expect(requests.clientSecret[TestAzure.client].issued.int == 1)
            #expect(requests.clientSecret[TestAzure.client].refused.int == 1)
            #expect(requests.clientSecret.unknown.refused.int == 1)
            #expect(requests.imds[TestAzure.systemIdentity].issued.int == 1)
            #expect(requests.appService[TestAzure.systemIdentity].issued.int == 1)
            #expect(try azure.report().calls.entra.token.int == 3)
            let told = azure.azure.reportText + (try await azure.admin("GET", "/report/headers").text)
            for secret in [token, "s3cret+/=&", "guess", "header-s3cret"] { #expect(!told.contains(secret)) }
            #expect(azure.azure.tokens.contains(token))
        }
    }
}
