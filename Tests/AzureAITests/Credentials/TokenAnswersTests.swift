import CopyDomain
import Testing

@testable import AzureAI

@Suite("Answers of token endpoints")
struct TokenAnswersTests {
    static let metadata = EntraIdentity.Way.instanceMetadata(endpoint: "http://169.254.169.254", .systemAssigned)

    static func answers(_ way: EntraIdentity.Way = Identities.withSecret().way) -> TokenAnswers {
        TokenAnswers(redaction: Redaction([Identities.secret]), now: Plans.now, way: way)
    }

    static func failure(_ response: HTTPResponse, _ way: EntraIdentity.Way = Identities.withSecret().way)
        -> TokenFailure?
    {
        do {
            _ = try answers(way).grant(response)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "the life of a token in all its spellings",
        arguments: [
            (#""expires_in":3599"#, 3599), (#""expires_in":"86399","expires_on":"1""#, 86_399),
            // Counted from the answer's own Date, 2021-05-25T18:20:48Z.
            (#""expires_on":"1621970448""#, 3600), (#""expires_on":1621966908"#, 60),
            (#""expires_in":1e99"#, 4_000_000_000),
        ]
    )
    func lifetimes(member: String, seconds: Int) throws {
        let grant = try Self.answers().grant(.json(200, #"{"access_token":"t-1",\#(member)}"#))
        #expect(grant.token == Secret("t-1"))
        #expect(grant.lifetime == .seconds(seconds) && grant.refreshIn == nil)
    }

    @Test("the endpoint may say when it wants to be asked again")
    func refreshIn() throws {
        let body = #"{"access_token":"t","expires_in":86400,"refresh_in":"43200"}"#
        #expect(try Self.answers().grant(.json(200, body)).refreshIn == .seconds(43_200))
    }

    @Test(
        "what is no token is worth another try",
        arguments: [
            "", "<html>", "{}", #"{"access_token":"t"}"#, #"{"access_token":"","expires_in":60}"#,
            #"{"access_token":"a b","expires_in":60}"#, #"{"access_token":"t\r\nX: y","expires_in":60}"#,
            #"{"access_token":"t","expires_in":"soon"}"#, #"{"access_token":"t","expires_in":0}"#,
            #"{"access_token":"t","expires_on":1}"#,
        ]
    )
    func noTokens(body: String) {
        #expect(
            Self.failure(.json(200, body))?.verdict == .transient(.unexpectedAnswer, retryAfter: nil)
        )
    }

    @Test("a refusal says Entra's own code and text, and never the secret")
    func refusal() {
        let failure = Self.failure(Identities.badSecret)
        #expect(failure?.verdict == .refused(.credentialRefused))
        #expect(failure?.message.contains("HTTP 401: invalid_client: AADSTS7000215: Invalid client secret") == true)
        #expect(failure?.message.contains("canary") == false)
    }

    @Test(
        "what is refused and what passes",
        arguments: [
            (400, #"{"error":"invalid_scope"}"#, TokenFailure.Verdict.refused(.credentialRefused)),
            (400, #"{"error":"temporarily_unavailable"}"#, .transient(.azureUnavailable, retryAfter: .seconds(7))),
            (404, "", .refused(.credentialRefused)),
            (408, "", .transient(.azureUnavailable, retryAfter: .seconds(7))),
            (429, "", .transient(.throttled, retryAfter: .seconds(7))),
            (500, "<html>", .transient(.azureUnavailable, retryAfter: .seconds(7))),
            (503, "", .transient(.azureUnavailable, retryAfter: .seconds(7))),
            (302, "", .transient(.unexpectedAnswer, retryAfter: .seconds(7))),
        ]
    )
    func verdicts(status: Int, body: String, verdict: TokenFailure.Verdict) {
        let failure = Self.failure(.json(status, body, headers: [("Retry-After", "7")]))
        #expect(failure?.verdict == verdict)
    }

    @Test(
        "the metadata service is left time to update itself; an unknown identity is refused",
        arguments: [
            (404, "", TokenFailure.Verdict.transient(.azureUnavailable, retryAfter: nil)),
            (410, "", .transient(.azureUnavailable, retryAfter: nil)),
            (
                400, #"{"error":"invalid_request","error_description":"Identity not found"}"#,
                .refused(.credentialRefused)
            ),
        ]
    )
    func metadataService(status: Int, body: String, verdict: TokenFailure.Verdict) {
        #expect(Self.failure(.json(status, body), Self.metadata)?.verdict == verdict)
    }

    @Test("App Service's own error body is told")
    func appService() {
        let way = EntraIdentity.Way.appService(
            endpoint: "http://localhost/msi/token",
            header: Secret("h"),
            .systemAssigned
        )
        let failure = Self.failure(.json(400, #"{"statusCode":400,"message":"No User Assigned Identity"}"#), way)
        #expect(failure?.message.hasSuffix("HTTP 400: No User Assigned Identity") == true)
    }
}
