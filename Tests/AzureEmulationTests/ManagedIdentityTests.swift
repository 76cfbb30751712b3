import AzureEmulation
import EmulationSupport
import Testing

@Suite("Managed identity", .timeLimit(.minutes(2)))
struct ManagedIdentityTests {
    static let resource = "resource=https%3A%2F%2Fcognitiveservices.azure.com"

    @Test("the metadata service answers with strings, the last slash of the resource forgiven", arguments: ["", "%2F"])
    func metadata(slash: String) async throws {
        try await TestAzure.run(west: TestAzure.guarded, entra: TestAzure.directory) { azure async throws in
            let reply = try await azure.askIdentity("api-version=2018-02-01&\(Self.resource)\(slash)")
            #expect(reply.status == 200)
            #expect(
                reply.memberNames == [
                    "access_token", "client_id", "expires_in", "expires_on", "ext_expires_in", "not_before", "resource",
                    "token_type",
                ]
            )
            let body: Look = try reply.decoded()
            #expect(body.expires_in.string == "86399")
            #expect(body.expires_on.string == String(TestAzure.start.unixSeconds + 86_399))
            #expect(body.resource.string == "https://cognitiveservices.azure.com")
            #expect(body.client_id.string == TestAzure.systemIdentity)
            #expect(try await azure.listModels(bearer: #require(body.access_token.string)).status == 200)
        }
    }

    @Test("App Service answers with the end in seconds as a string")
    func appService() async throws {
        try await TestAzure.run(west: TestAzure.guarded, entra: TestAzure.directory) { azure async throws in
            let reply = try await azure.askAppService()
            #expect(reply.memberNames == ["access_token", "expires_on", "resource", "token_type", "client_id"])
            let body: Look = try reply.decoded()
            #expect(body.expires_on.string == String(TestAzure.start.unixSeconds + 86_399))
            #expect(try await azure.listModels(bearer: #require(body.access_token.string)).status == 200)
        }
    }

    @Test(
        "a user-assigned identity is named by client, object or resource id",
        arguments: [
            "client_id=\(TestAzure.userIdentity)", "object_id=user-object", "principal_id=user-object",
            "mi_res_id=\(TestAzure.userIdentityResource)", "msi_res_id=\(TestAzure.userIdentityResource)",
        ]
    )
    func userAssigned(naming: String) async throws {
        try await TestAzure.run(entra: TestAzure.directory) { azure async throws in
            let imds = try await azure.askIdentity("api-version=2018-02-01&\(Self.resource)&\(naming)")
            #expect(try imds.decoded(Look.self).client_id.string == TestAzure.userIdentity)
            let app = try await azure.askAppService("api-version=2019-08-01&\(Self.resource)&\(naming)")
            #expect(try app.decoded(Look.self).client_id.string == TestAzure.userIdentity)
        }
    }

    @Test("without the system's own, the only one serves, of two one must be named")
    func nobodyNamed() async throws {
        var directory = TestAzure.directory
        directory.identities = [TestAzure.directory.identities[1]]
        try await TestAzure.run(entra: directory) { azure async throws in
            #expect(try await azure.askIdentity().decoded(Look.self).client_id.string == TestAzure.userIdentity)
        }
        directory.identities.append(
            ManagedIdentitySeed(clientId: "second", tenant: TestAzure.tenant, resourceId: "/second")
        )
        try await TestAzure.run(entra: directory) { azure async throws in
            let reply = try await azure.askIdentity()
            #expect(reply.status == 400)
            #expect(reply.text.contains("Multiple user assigned identities exist"))
        }
        directory.identities = []
        try await TestAzure.run(entra: directory) { azure async throws in
            let reply = try await azure.askIdentity()
            #expect(reply.status == 400)
            #expect(reply.text == #"{"error":"invalid_request","error_description":"Identity not found"}"#)
        }
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let query: String
        let headers: [String: String]
        let error: String
        var testDescription: String { "\(query) \(headers)" }
    }

    static let refusals: [Refused] = [
        Refused(query: "api-version=2018-02-01&\(resource)", headers: [:], error: "bad_request_102"),
        Refused(query: "api-version=2018-02-01&\(resource)", headers: ["Metadata": "yes"], error: "bad_request_102"),
        Refused(
            query: "api-version=2018-02-01&\(resource)",
            headers: ["Metadata": "true", "X-Forwarded-For": "10.0.0.1"],
            error: "invalid_request"
        ),
        Refused(query: "api-version=2018-02-01", headers: ["Metadata": "true"], error: "invalid_request"),
        Refused(query: resource, headers: ["Metadata": "true"], error: "invalid_request"),
        Refused(query: "api-version=1&\(resource)", headers: ["Metadata": "true"], error: "invalid_request"),
        Refused(
            query: "api-version=2018-02-01&resource=https%3A%2F%2Felsewhere",
            headers: ["Metadata": "true"],
            error: "invalid_resource"
        ),
        Refused(
            query: "api-version=2018-02-01&\(resource)&client_id=nobody",
            headers: ["Metadata": "true"],
            error: "invalid_request"
        ),
    ]

    @Test("the metadata service refuses with 400", arguments: refusals)
    func refusal(case refused: Refused) async throws {
        try await TestAzure.run(entra: TestAzure.directory) { azure in
            let reply = try await azure.askIdentity(refused.query, headers: refused.headers)
            #expect(reply.status == 400)
            #expect(try reply.decoded(Look.self).error.string == refused.error)
            #expect(azure.azure.tokens.isEmpty)
        }
    }

    @Test("App Service refuses a wrong header with 401 and an unknown identity with 400")
    func appServiceRefusals() async throws {
        try await TestAzure.run(entra: TestAzure.directory) { azure async throws in
            #expect(try await azure.askAppService(headers: [:]).status == 401)
            #expect(try await azure.askAppService(headers: ["X-IDENTITY-HEADER": "guess"]).status == 401)
            let unknown = try await azure.askAppService("api-version=2019-08-01&\(Self.resource)&client_id=nobody")
            #expect(unknown.status == 400)
            #expect(unknown.memberNames == ["statusCode", "message", "correlationId"])
        }
    }

    @Test(
        "faults answer what clients are told to try again",
        arguments: [("notFound", 404), ("gone", 410), ("throttle", 429), ("error500", 500), ("error503", 503)]
    )
    func faults(fault: String, status: Int) async throws {
        try await TestAzure.run(entra: TestAzure.directory) { azure async throws in
            let rule = #"{"resource":"entra","call":"imdsToken","fault":"\#(fault)","count":1,"retryAfter":7}"#
            #expect(try await azure.admin("POST", "/faults", rule).status == 201)
            let reply = try await azure.askIdentity()
            #expect(reply.status == status)
            #expect(reply["retry-after"] == (status == 429 ? "7" : nil))
            #expect(try await azure.askAppService().status == 200)
            #expect(try await azure.askIdentity().status == 200)
        }
    }

    @Test("a lost answer has given out a token all the same")
    func answerLost() async throws {
        try await TestAzure.run(entra: TestAzure.directory) { azure async throws in
            let rule = #"{"resource":"entra","call":"token","fault":"answerLost","count":1}"#
            #expect(try await azure.admin("POST", "/faults", rule).status == 201)
            await #expect(throws: Interruption.answerLost) { try await azure.askToken() }
            #expect(azure.azure.tokens.count == 1)
            #expect(try await azure.askToken().status == 200)
        }
    }
}
