import AzureEmulation
import EmulationSupport
import Testing

@Suite("Tokens and keys at a resource", .timeLimit(.minutes(2)))
struct TokenAccessTests {
    @Test("a token opens both families, and the key still does")
    func families() async throws {
        try await TestAzure.run(west: TestAzure.guarded, entra: TestAzure.directory) { azure async throws in
            let token = try await azure.token()
            #expect(try await azure.listModels(bearer: token).status == 200)
            let projects = "\(azure.endpoint("west"))/customvision/v3.3/training/projects"
            let reply = try await azure.call("GET", projects, headers: ["Authorization": "Bearer \(token)"])
            #expect(reply.status == 200)
            #expect(try await azure.vision("GET", "west", "projects").status == 200)
        }
    }

    @Test("an unknown or expired token is 401 to the letter, without a content type")
    func unknownAndExpired() async throws {
        var government = TestAzure.guarded
        government.entra?.audience = "https://cognitiveservices.azure.us"
        try await TestAzure.run(west: government, entra: TestAzure.directory) { azure in
            let reply = try await azure.listModels(bearer: "made-up")
            #expect(reply.status == 401)
            #expect(reply["content-type"] == nil)
            #expect(reply["apim-request-id"] != nil)
            // As in azure-sdk-for-net #17192.
            #expect(reply["content-length"] == "160")
            #expect(reply.memberNames == ["statusCode", "message"])
        }
        try await TestAzure.run(west: TestAzure.guarded, entra: TestAzure.directory) { azure async throws in
            let token = try await azure.token()
            azure.advance(599)
            #expect(try await azure.listModels(bearer: token).status == 200)
            azure.advance(1)
            #expect(try await azure.listModels(bearer: token).status == 401)
        }
    }

    @Test("a token for something else, of another tenant or of a client without the role opens nothing")
    func wrongTokens() async throws {
        try await TestAzure.run(west: TestAzure.guarded, entra: TestAzure.directory) { azure async throws in
            let vault = try await azure.token(TestAzure.tenant, ["scope": "https://vault.azure.net/.default"])
            #expect(try await azure.listModels(bearer: vault).status == 401)

            let foreign = try await azure.token(
                TestAzure.otherTenant,
                ["client_id": TestAzure.foreigner, "client_secret": "foreigner"]
            )
            let mismatch = try await azure.listModels(bearer: foreign)
            #expect(mismatch.status == 400)
            #expect(mismatch.text.contains("Token tenant \(TestAzure.otherTenant) does not match resource tenant."))

            let stranger = try await azure.token(
                TestAzure.tenant,
                ["client_id": TestAzure.stranger, "client_secret": "stranger"]
            )
            let denied = try await azure.listModels(bearer: stranger)
            #expect(denied.status == 401)
            #expect(
                denied.text
                    == #"{"error":{"code":"PermissionDenied","message":"Principal does not have access to API/Operation."}}"#
            )
        }
    }

    @Test("a regional endpoint takes keys only and says so")
    func regional() async throws {
        var west = TestAzure.guarded
        west.regional = true
        try await TestAzure.run(west: west, entra: TestAzure.directory) { azure async throws in
            let reply = try await azure.listModels(bearer: try await azure.token())
            #expect(reply.status == 400)
            #expect(reply.text.contains("Please provide a custom subdomain for token authentication"))
            #expect(try await azure.recognizer("GET", "west", "v2.1/custom/models?op=summary").status == 200)
        }
    }

    @Test("a resource without access takes no token; without key and token it is the 401 of a bad key")
    func keysOnly() async throws {
        try await TestAzure.run(entra: TestAzure.directory) { azure async throws in
            #expect(try await azure.listModels(bearer: try await azure.token()).status == 401)
            let url = "\(azure.endpoint("west"))/formrecognizer/v2.1/custom/models?op=summary"
            let bare = try await azure.call("GET", url)
            #expect(bare.status == 401)
            #expect(bare["content-length"] == "224")
            let basic = try await azure.call("GET", url, headers: ["Authorization": "Basic eDp5"])
            #expect(basic["content-length"] == "224")
        }
    }

    @Test("replaced keys count from the next call on")
    func keyRotation() async throws {
        try await TestAzure.run { azure async throws in
            let path = "v2.1/custom/models?op=summary"
            #expect(try await azure.recognizer("GET", "west", path).status == 200)
            #expect(try await azure.admin("POST", "/resources/west/keys", #"{"keys":["new"]}"#).status == 200)
            #expect(try await azure.recognizer("GET", "west", path).status == 401)
            let url = "\(azure.endpoint("west"))/formrecognizer/\(path)"
            #expect(try await azure.call("GET", url, headers: ["Ocp-Apim-Subscription-Key": "new"]).status == 200)
            #expect(try await azure.admin("POST", "/resources/west/keys", #"{"keys":[]}"#).status == 400)
            #expect(try await azure.admin("POST", "/resources/north/keys", #"{"keys":["k"]}"#).status == 404)
        }
    }

    @Test("revoked tokens open nothing, those of others live on; a replaced secret gets no more")
    func revocation() async throws {
        try await TestAzure.run(west: TestAzure.guarded, entra: TestAzure.directory) { azure async throws in
            let client = try await azure.token()
            let identity = try #require(try await azure.askIdentity().decoded(Look.self).access_token.string)
            let revoked = try await azure.admin("POST", "/entra/revoke", #"{"client":"\#(TestAzure.client)"}"#)
            #expect(revoked.text == #"{"revoked":1}"#)
            #expect(try await azure.listModels(bearer: client).status == 401)
            #expect(try await azure.listModels(bearer: identity).status == 200)
            #expect(try await azure.admin("POST", "/entra/revoke").text == #"{"revoked":1}"#)
            #expect(try await azure.listModels(bearer: identity).status == 401)

            let path = "/entra/clients/\(TestAzure.client)/secrets"
            #expect(try await azure.admin("POST", path, #"{"secrets":["next"]}"#).status == 200)
            #expect(try await azure.askToken().status == 401)
            #expect(try await azure.askToken(TestAzure.tenant, ["client_secret": "next"]).status == 200)
            #expect(try await azure.admin("POST", "/entra/clients/nobody/secrets", #"{"secrets":[]}"#).status == 404)
        }
    }
}
