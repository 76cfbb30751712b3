import CopyDomain
import Logging
import Synchronization
import Testing

@testable import AzureAI

@Suite("Client with credentials", .timeLimit(.minutes(1)))
struct ClientCredentialTests {
    static func client(
        _ http: any HTTPSending,
        clock: any Clock<Duration> = LeapingClock(),
        logger: Logger = Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() },
        source: Credential = .entraID(Identities.withSecret()),
        target: Credential = .entraID(Identities.withSecret())
    ) throws -> AzureClient {
        let budget = ResourceBudget(
            statusCalls: 10_000,
            managementCalls: 10_000,
            listCalls: 10_000,
            allCalls: nil
        )
        let plan = try Plans.plan()
        let access = [(plan.source, source), (plan.target, target)].map { resource, credential in
            (resource.name, ResourceAccess(endpoint: resource.endpoint, credential: credential, budget: budget))
        }
        return AzureClient(
            access: Dictionary(uniqueKeysWithValues: access),
            http: http,
            clock: clock,
            wallClock: { Plans.now },
            logger: logger
        )
    }

    static func send(
        _ client: AzureClient,
        _ call: CopyCall = .formRecognizer(.authorizeCopy),
        version: APIVersion = .formRecognizer2_1
    ) async throws -> CallResult {
        let plan = try Plans.plan(version)
        let permit = try #require(try await client.permit(call, plan: plan, within: .seconds(3600)))
        return await client.send(call, plan: plan, permit: permit, sendBefore: nil)
    }

    static func failure(_ result: CallResult) -> CallFailure? {
        guard case .failed(let failure) = result else { return nil }
        return failure
    }

    static let denied = HTTPResponse.json(401, #"{"error":{"code":"401","message":"canary-1 is no good"}}"#)

    @Test("both families take a token in Authorization, and no key header besides")
    func headers() async throws {
        let http = AnsweringHTTP { request in
            request.url.reveal().contains("login.example")
                ? Identities.token("canary-1") : RecordedAnswers.authorization
        }
        let client = try Self.client(http)
        _ = try await Self.send(client)
        _ = try await Self.send(client, .customVision(.listTargetProjects), version: .customVision3_3)
        let sent = http.requests(to: "target.example.com")
        #expect(sent.count == 2)
        for request in sent {
            #expect(request.header("Authorization") == "Bearer canary-1")
            #expect(request.header("Ocp-Apim-Subscription-Key") == nil && request.header("Training-Key") == nil)
        }
        #expect(http.requests(to: "login.example").count == 1)
    }

    @Test("secrets go to the authority only, tokens to their resource only; source and target may differ")
    func places() async throws {
        let other = EntraIdentity(
            name: "fabrikam",
            way: .clientSecret(
                EntraApplication(authority: "https://other.example", tenant: "fabrikam", clientID: "c"),
                secret: { SecretReading(Secret("canary-fabrikam")) }
            ),
            scope: Identities.scope
        )
        let http = AnsweringHTTP { request in
            let url = request.url.reveal()
            if url.contains("login.example") { return Identities.token("token-contoso") }
            if url.contains("other.example") { return Identities.token("token-fabrikam") }
            return url.contains("target") ? RecordedAnswers.authorization : RecordedAnswers.copyStarted
        }
        let client = try Self.client(http, target: .entraID(other))
        _ = try await Self.send(client)
        _ = try await Self.send(client, .formRecognizer(.startCopy(Plans.grant)))
        for request in http.requests {
            let url = request.url.reveal()
            let all = ([url, request.body?.reveal() ?? ""] + request.headers.map { $0.value.reveal() })
                .joined(separator: "\n")
            #expect(all.contains("client.secret") == url.contains("//login.example"))
            #expect(all.contains("canary-fabrikam") == url.contains("//other.example"))
            #expect(all.contains("token-contoso") == url.contains("//source.example.com"))
            #expect(all.contains("token-fabrikam") == url.contains("//target.example.com"))
        }
        #expect(http.requests.count == 4)
    }

    @Test("the token is taken with the permit, before the intent is saved")
    func permit() async throws {
        let http = AnsweringHTTP { _ in Identities.token("canary-1") }
        let permit = try await Self.client(http).permit(
            .formRecognizer(.authorizeCopy),
            plan: try Plans.plan(),
            within: .seconds(10)
        )
        #expect(permit != nil && http.requests.count == 1)
    }

    @Test("a token that the service refuses is fetched anew once, and the call is known not to be done")
    func refusedToken() async throws {
        let count = Counter()
        let http = AnsweringHTTP { request in
            if request.url.reveal().contains("login.example") { return Identities.token("canary-\(count.increment())") }
            return request.header("Authorization") == "Bearer canary-1" ? Self.denied : RecordedAnswers.authorization
        }
        let client = try Self.client(http)
        let failure = Self.failure(try await Self.send(client))
        #expect(failure?.fate == .notDone(retryAfter: nil) && failure?.code == .accessDenied)
        #expect(failure?.message.contains("canary") == false)
        guard case .answered = try await Self.send(client) else {
            Issue.record("the new token was not taken")
            return
        }
        #expect(http.requests(to: "login.example").count == 2)
    }

    @Test("an identity without a role is refused after the second token, and no further tokens are fetched")
    func noRole() async throws {
        let http = AnsweringHTTP { request in
            request.url.reveal().contains("login.example") ? Identities.token("canary-1") : Self.denied
        }
        let client = try Self.client(http)
        let first = Self.failure(try await Self.send(client))
        #expect(first?.fate == .notDone(retryAfter: nil))
        for _ in 0..<5 {
            let failure = Self.failure(try await Self.send(client))
            #expect(failure?.fate == .refused && failure?.code == .accessDenied)
        }
        #expect(http.requests(to: "login.example").count == 2)
    }

    @Test("a principal that may not make a call is refused it, whatever else its token is good for")
    func missingAction() async throws {
        let denied = HTTPResponse.json(
            401,
            #"{"error":{"code":"PermissionDenied","message":"Principal does not have access to API/Operation."}}"#
        )
        let http = AnsweringHTTP { request in
            if request.url.reveal().contains("login.example") { return Identities.token("canary-1") }
            return request.method == .post ? denied : HTTPResponse.json(404, "")
        }
        let client = try Self.client(http)
        for _ in 0..<5 {
            guard case .answered = try await Self.send(client, .formRecognizer(.getTargetModel(id: "m"))) else {
                Issue.record("a look was refused")
                return
            }
            let failure = Self.failure(try await Self.send(client))
            #expect(failure?.fate == .refused && failure?.code == .accessDenied)
        }
        #expect(http.requests(to: "login.example").count == 1, "the token is good")
    }

    @Test("a key that was rotated between reading and sending costs a try, not the copy")
    func rotatedKey() async throws {
        let key = Mutex(Secret("old-key"))
        let credential = Credential.key { SecretReading(key.withLock { $0 }) }
        let http = AnsweringHTTP { request in
            guard request.header("Ocp-Apim-Subscription-Key") != "new-key" else { return RecordedAnswers.authorization }
            key.withLock { $0 = Secret("new-key") }
            return RecordedAnswers.badKey
        }
        let client = try Self.client(http, source: credential, target: credential)
        #expect(Self.failure(try await Self.send(client))?.fate == .notDone(retryAfter: nil))
        guard case .answered = try await Self.send(client) else {
            Issue.record("the new key was not taken")
            return
        }
    }

    @Test("a wrong key that never worked is refused at once")
    func wrongKey() async throws {
        let credential = Credential.key { SecretReading(Plans.key) }
        let client = try Self.client(ScriptedHTTP(RecordedAnswers.badKey), source: credential, target: credential)
        let failure = Self.failure(try await Self.send(client))
        #expect(failure?.fate == .refused && failure?.code == .accessDenied)
    }

    @Test("a regional endpoint that wants a custom subdomain is told as that")
    func customSubdomain() async throws {
        let answer = HTTPResponse.json(
            400,
            """
            {"error":{"code":"BadRequest","message":"Please provide a custom subdomain for token authentication, \
            otherwise API key is required."}}
            """
        )
        let http = AnsweringHTTP { request in
            request.url.reveal().contains("login.example") ? Identities.token("t-1") : answer
        }
        let failure = Self.failure(try await Self.send(Self.client(http)))
        #expect(failure?.code == .customSubdomainRequired && failure?.fate == .refused)
        #expect(failure?.azure?.status == 400)
    }

    @Test("no token is told by the call's own result, without a status that could be taken for the resource's")
    func noToken() async throws {
        let http = AnsweringHTTP { _ in .json(404, #"{"error":"invalid_request"}"#) }
        let client = try Self.client(http)
        let failure = Self.failure(try await Self.send(client))
        #expect(failure?.code == .credentialRefused && failure?.azure == nil)
        #expect(http.requests(to: "target.example.com").isEmpty)
        #expect(client.credentialTroubles.count == 1)
    }

    @Test("a token that ends during a long poll is renewed in time, and no poll fails")
    func longPoll() async throws {
        let clock = LeapingClock()
        let expiry = Mutex<[String: Duration]>([:])
        let http = AnsweringHTTP { request in
            if request.url.reveal().contains("login.example") {
                let token = expiry.withLock { expiry in
                    let token = "t-\(expiry.count)"
                    expiry[token] = clock.now.offset + .seconds(600)
                    return token
                }
                return Identities.token(token, lifetime: 600)
            }
            let token = String((request.header("Authorization") ?? "").dropFirst("Bearer ".count))
            let isGood = expiry.withLock { ($0[token] ?? .zero) > clock.now.offset + .seconds(30) }
            return isGood ? RecordedAnswers.notStarted : Self.denied
        }
        let client = try Self.client(http, clock: clock)
        let location = try #require(RecordedAnswers.copyStarted.header("operation-location"))
            .split(separator: "https://endpoint").joined()
        let poll = CopyCall.formRecognizer(
            .getCopyResult(operationLocation: "https://source.example.com" + location)
        )
        for _ in 0..<3600 {
            guard case .answered = try await Self.send(client, poll) else {
                Issue.record("a poll failed after \(clock.now.offset)")
                return
            }
            try await clock.sleep(until: TestInstant(offset: clock.now.offset + .seconds(1)), tolerance: nil)
        }
        #expect((11...14).contains(http.requests(to: "login.example").count))
    }

    @Test("neither logs nor dumps show a token or a secret")
    func dumps() async throws {
        let (logger, pages) = LogBook.logger()
        let http = AnsweringHTTP { request in
            request.url.reveal().contains("login.example") ? Identities.token("canary-1") : Self.denied
        }
        let client = try Self.client(http, logger: logger)
        _ = try await Self.send(client)
        var text = pages.all.joined(separator: "\n")
        #expect(text.contains("credential=contoso"))
        dump(http.requests, to: &text)
        let permit = try await client.permit(
            .formRecognizer(.authorizeCopy),
            plan: try Plans.plan(),
            within: .seconds(1)
        )
        dump(permit, to: &text)
        #expect(!text.contains("canary"))
    }
}
