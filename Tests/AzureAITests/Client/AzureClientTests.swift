import CopyDomain
import Logging
import Testing

@testable import AzureAI

@Suite("Client", .timeLimit(.minutes(1)))
struct AzureClientTests {
    struct NoKey: Error, CustomStringConvertible {
        var description: String { "the file /run/keys/a is not readable" }
    }

    static func client(
        _ http: any HTTPSending,
        clock: any Clock<Duration> = LeapingClock(),
        logger: Logger? = nil,
        budget: ResourceBudget = .formRecognizer,
        plan: CopyPlan? = nil,
        key: @escaping @Sendable () throws -> Secret = { Plans.key }
    ) throws -> AzureClient {
        let plan = try plan ?? Plans.plan()
        let access = [plan.source, plan.target].map {
            ($0.name, ResourceAccess(endpoint: $0.endpoint, key: key, budget: budget))
        }
        return AzureClient(
            access: Dictionary(uniqueKeysWithValues: access),
            http: http,
            clock: clock,
            wallClock: { Plans.now },
            userAgent: "azure-copy-worker/test",
            logger: logger ?? Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    func result(
        _ call: CopyCall,
        _ client: AzureClient,
        _ plan: CopyPlan,
        sendBefore: SendBefore? = nil
    ) async throws -> CallResult {
        let permit = try #require(try await client.permit(call, plan: plan, within: .seconds(3600)))
        return await client.send(call, plan: plan, permit: permit, sendBefore: sendBefore)
    }

    func failure(_ result: CallResult) -> CallFailure? {
        guard case .failed(let failure) = result else { return nil }
        return failure
    }

    @Test("a credential is shown to the endpoint of the present configuration, and to no other of the same name")
    func formerEndpoint() async throws {
        let http = ScriptedHTTP(RecordedAnswers.authorization)
        let former = try Plans.plan(targetEndpoint: "https://former.example.com")
        let answer = try await result(.formRecognizer(.authorizeCopy), try Self.client(http), former)
        let failure = try #require(self.failure(answer))
        #expect(failure.code == .credentialMissing && failure.fate == .refused)
        #expect(failure.message.contains("https://former.example.com"))
        #expect(http.requests.isEmpty)
    }

    @Test("a whole v2 copy, as it was recorded")
    func wholeCopy() async throws {
        let http = ScriptedHTTP(
            RecordedAnswers.authorization,
            RecordedAnswers.copyStarted,
            RecordedAnswers.notStarted,
            RecordedAnswers.succeeded,
            RecordedAnswers.targetModel
        )
        let plan = try Plans.plan(sourceEndpoint: "https://endpoint", targetEndpoint: "https://endpoint")
        let client = try Self.client(http, plan: plan)
        let calls: [FormRecognizerCall] = [
            .authorizeCopy, .startCopy(Plans.grant),
            .getCopyResult(operationLocation: try #require(RecordedAnswers.copyStarted.header("operation-location"))),
            .getCopyResult(operationLocation: try #require(RecordedAnswers.copyStarted.header("operation-location"))),
            .getTargetModel(id: Plans.grant.modelID),
        ]
        for call in calls {
            guard case .answered(_, let date, let receipt) = try await result(.formRecognizer(call), client, plan)
            else {
                Issue.record("\(call) was not answered")
                return
            }
            #expect(date != nil)
            #expect((200..<300).contains(receipt?.status ?? 0) && receipt?.requestID?.isEmpty == false)
        }
        #expect(http.requests.map(\.method) == [.post, .post, .get, .get, .get])
    }

    @Test("a whole v4 copy, as it was recorded")
    func wholeItemCopy() async throws {
        let http = ScriptedHTTP(
            RecordedOperations.authorization,
            RecordedOperations.copyStarted,
            RecordedOperations.notStarted,
            RecordedOperations.unknownModel
        )
        let host = "https://camaiaornettesting.cognitiveservices.azure.com"
        let plan = try Plans.plan(
            .documentIntelligence4_0,
            targetID: "724966136",
            sourceEndpoint: host,
            targetEndpoint: host
        )
        let client = try Self.client(http, plan: plan)
        let authorized = try await result(.documentIntelligence(.authorizeCopy), client, plan)
        guard case .answered(.documentIntelligence(.authorized(let grant)), _, _) = authorized else {
            Issue.record("\(authorized)")
            return
        }
        for call in [.startCopy(grant), .getOperation(location: RecordedOperations.operation), .getTarget]
            as [DocumentIntelligenceCall]
        {
            guard case .answered = try await result(.documentIntelligence(call), client, plan) else {
                Issue.record("\(call) was not answered")
                return
            }
        }
        #expect(http.requests.map(\.method) == [.post, .post, .get, .get])
        #expect(http.requests[1].body == Secret(RecordedOperations.authorizationBody))
        #expect(http.requests[2].url == Secret(RecordedOperations.operation))
    }

    @Test("what Azure says of an authorization hides its token and its body")
    func itemSecrets() async throws {
        let plan = try Plans.plan(.documentIntelligence4_0)
        let quote = HTTPResponse.json(403, #"{"error":{"message":"bad token canary-token-9876543210"}}"#)
        let start = CopyCall.documentIntelligence(.startCopy(Plans.itemGrant))
        let failure = failure(try await result(start, try Self.client(ScriptedHTTP(quote)), plan))
        #expect(failure?.azure?.message == "bad token ***")
        let reader = try Self.client(ScriptedHTTP()).reader(
            for: Plans.context(.copyItem, .source, plan),
            secrets: [Plans.itemGrant.body]
        )
        #expect(reader.sentence("body \(Plans.itemGrant.body.reveal())") == "body ***")
    }

    @Test("the moment to be sent before reaches the socket's side, and too late is told as such")
    func sendBefore() async throws {
        let http = ScriptedHTTP([.failure(HTTPSendingError(.tooLate, ""))])
        let moment = SendBefore(nanoseconds: 17)
        let result = try await result(
            .formRecognizer(.authorizeCopy),
            try Self.client(http),
            try Plans.plan(),
            sendBefore: moment
        )
        guard case .tooLate = result else {
            Issue.record("\(result)")
            return
        }
        #expect(http.requests.first?.sendBefore == moment)
    }

    @Test("a key that cannot be read, is empty or breaks headers is told before anything is sent")
    func keys() async throws {
        let keys: [@Sendable () throws -> Secret] = [
            { throw NoKey() }, { Secret("") }, { Secret("a\r\nX-Other: b") }, { Secret("ä") },
        ]
        for key in keys {
            let http = ScriptedHTTP(RecordedAnswers.authorization)
            let client = try Self.client(http, key: key)
            let failure = failure(try await result(.formRecognizer(.authorizeCopy), client, try Plans.plan()))
            #expect(failure?.code == .credentialMissing)
            #expect(failure?.fate == .refused)
            #expect(http.requests.isEmpty)
        }
    }

    @Test("the key is read anew for every call, with the permit")
    func rotation() async throws {
        let number = Counter()
        let http = ScriptedHTTP(RecordedAnswers.authorization, RecordedAnswers.authorization)
        let client = try Self.client(http) {
            Secret("key-\(number.increment())")
        }
        for _ in 0..<2 { _ = try await result(.formRecognizer(.authorizeCopy), client, try Plans.plan()) }
        #expect(http.requests.map { $0.header("Ocp-Apim-Subscription-Key") } == ["key-1", "key-2"])
    }

    @Test("a resource that is no longer configured has no key")
    func unknownResource() async throws {
        let http = ScriptedHTTP()
        let client = AzureClient(
            access: [:],
            http: http,
            clock: LeapingClock(),
            wallClock: { Plans.now },
            logger: Logger(label: "test")
        )
        let failure = failure(try await result(.formRecognizer(.authorizeCopy), client, try Plans.plan()))
        #expect(failure?.code == .credentialMissing)
        #expect(http.requests.isEmpty)
        #expect(client.budget(of: try #require(Plans.sourceName)) == nil)
    }

    @Test("a 429 holds the resource's calls of that class back for as long as it says, and no others")
    func throttled() async throws {
        let clock = LeapingClock()
        let http = ScriptedHTTP(RecordedAnswers.throttled, RecordedAnswers.targetModel, RecordedAnswers.copyStarted)
        let client = try Self.client(http, clock: clock)
        let plan = try Plans.plan()
        let start = CopyCall.formRecognizer(.startCopy(Plans.grant))
        let failure = failure(try await result(start, client, plan))
        #expect(failure?.fate == .notDone(retryAfter: .seconds(55)))
        _ = try await client.permit(
            .formRecognizer(.getCopyResult(operationLocation: "")),
            plan: plan,
            within: .seconds(3600)
        )
        _ = try await client.permit(.formRecognizer(.authorizeCopy), plan: plan, within: .seconds(3600))
        #expect(clock.now.offset < .seconds(1))
        _ = try await client.permit(start, plan: plan, within: .seconds(3600))
        #expect(clock.now.offset >= .seconds(55))
    }

    @Test("a permit that does not come within its limit is none")
    func permitTooLate() async throws {
        let clock = LeapingClock()
        let client = try Self.client(ScriptedHTTP(RecordedAnswers.throttled), clock: clock)
        let plan = try Plans.plan()
        let start = CopyCall.formRecognizer(.startCopy(Plans.grant))
        _ = try await result(start, client, plan)
        let permit = try await client.permit(start, plan: plan, within: .seconds(10))
        #expect(permit == nil)
        #expect(clock.now.offset == .seconds(10))
    }

    @Test("a 429 that does not say how long pauses for a second")
    func throttledSilently() async throws {
        let clock = LeapingClock()
        let client = try Self.client(ScriptedHTTP(.json(429, "")), clock: clock)
        let plan = try Plans.plan()
        _ = try await result(.formRecognizer(.authorizeCopy), client, plan)
        _ = try await client.permit(.formRecognizer(.authorizeCopy), plan: plan, within: .seconds(3600))
        #expect(clock.now.offset == .seconds(1))
    }

    @Test("logs name the call and Azure's request id, and neither URL, header, body nor secret")
    func logging() async throws {
        let (logger, pages) = LogBook.logger()
        let http = ScriptedHTTP([
            .success(RecordedAnswers.importing), .success(.json(500, Plans.importToken.reveal())),
            .failure(HTTPSendingError(.noAnswer, "reset")),
        ])
        let client = try Self.client(http, logger: logger)
        let plan = try Plans.plan(.customVision3_3)
        let call = CopyCall.customVision(.importProject(token: Plans.importToken, name: "canary-name"))
        for _ in 0..<3 { _ = try await result(call, client, plan) }
        let text = pages.all.joined(separator: "\n")
        #expect(pages.all.count == 3)
        #expect(pages.all[0].contains("call=POST /projects/import"))
        #expect(pages.all[0].contains("status=200") && pages.all[0].contains("apim-request-id=request-of-azure"))
        #expect(pages.all[0].contains("ms=") && pages.all[2].contains("error=noAnswer"))
        #expect(!text.contains("canary") && !text.contains("xxxxx") && !text.contains("https://"))
    }

    @Test("a dumped permit, request or context shows no secret")
    func dumps() throws {
        var text = ""
        let plan = try Plans.plan()
        let context = Plans.context(FormRecognizerCall.authorizeCopy, plan)
        dump(Permit(proof: Proof(Plans.key, .key).map(Result.success)), to: &text)
        dump(context, to: &text)
        dump(
            try FormRecognizerRequests.request(for: .startCopy(Plans.grant), plan: plan, in: context),
            to: &text
        )
        #expect(!text.contains("canary"))
        #expect(text.contains("***"))
    }
}
