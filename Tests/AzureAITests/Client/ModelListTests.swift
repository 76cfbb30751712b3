import CopyDomain
import Testing

@testable import AzureAI

@Suite("Model list", .timeLimit(.minutes(1)))
struct ModelListTests {
    static func page(_ ids: [String], next: String?) -> HTTPResponse {
        let items = ids.map { #"{"modelId":"\#($0)","status":"ready","createdDateTime":"2020-05-29T00:00:00Z"}"# }
        let link = next.map { #","nextLink":"\#($0)""# } ?? ""
        return .json(200, #"{"modelList":[\#(items.joined(separator: ","))]\#(link)}"#)
    }

    func list(_ http: ScriptedHTTP, clock: any Clock<Duration> = LeapingClock()) async throws -> CallResult {
        let client = try AzureClientTests.client(http, clock: clock)
        let plan = try Plans.plan()
        let call = CopyCall.formRecognizer(.listTargetModels)
        let permit = try #require(try await client.permit(call, plan: plan, within: .seconds(3600)))
        return await client.send(call, plan: plan, permit: permit, sendBefore: nil)
    }

    func ids(_ result: CallResult) -> [String]? {
        guard case .answered(.formRecognizer(.targetModels(let models)), _, _) = result else { return nil }
        return models.map(\.id)
    }

    func failure(_ result: CallResult) -> CallFailure? {
        guard case .failed(let failure) = result else { return nil }
        return failure
    }

    @Test("pages are put together, the model at their border once")
    func pages() async throws {
        let link = "https://target.example.com/formrecognizer/v2.1/custom/models?nextLink="
        let http = ScriptedHTTP(
            Self.page(["a", "b"], next: link + "2!236!x-"),
            Self.page(["b", "c"], next: link + "2!204!y-"),
            Self.page(["c", "d"], next: "")
        )
        let clock = LeapingClock()
        #expect(ids(try await list(http, clock: clock)) == ["a", "b", "c", "d"])
        #expect(
            http.requests.map { $0.url.reveal() } == [
                "https://target.example.com/formrecognizer/v2.1/custom/models?op=full", link + "2!236!x-&op=full",
                link + "2!204!y-&op=full",
            ]
        )
        // Each page waits for its own place among ten lists a second.
        #expect(clock.now.offset >= .milliseconds(180))
    }

    @Test("a page elsewhere is not fetched")
    func foreign() async throws {
        let http = ScriptedHTTP(Self.page(["a"], next: "https://evil.example.com/x?nextLink=1"))
        #expect(failure(try await list(http))?.code == .foreignOperationLocation)
        #expect(http.requests.count == 1)
    }

    @Test("pages that go in a circle are no list")
    func circle() async throws {
        let link = "https://target.example.com/m?nextLink=1"
        let http = ScriptedHTTP(Array(repeating: .success(Self.page(["a"], next: link)), count: 5))
        #expect(failure(try await list(http))?.code == .unexpectedAnswer)
        #expect(http.requests.count == 2)
    }

    @Test("pages without end are no list")
    func endless() async throws {
        let pages = (0..<1000).map { index in
            ScriptedHTTP.Answer.success(Self.page(["a"], next: "https://target.example.com/m?nextLink=\(index)"))
        }
        let http = ScriptedHTTP(pages)
        #expect(failure(try await list(http)) != nil)
        #expect(http.requests.count == AzureClient.pageLimit)
    }

    @Test("a pause that Azure asked for meanwhile is not waited out: the call ends in time")
    func paused() async throws {
        let http = ScriptedHTTP(
            Self.page(["a"], next: "https://target.example.com/m?nextLink=1"),
            Self.page(["b"], next: nil)
        )
        let clock = LeapingClock()
        let client = try AzureClientTests.client(http, clock: clock)
        let plan = try Plans.plan()
        let call = CopyCall.formRecognizer(.listTargetModels)
        let permit = try #require(try await client.permit(call, plan: plan, within: .seconds(3600)))
        client.pace(of: plan.target.name)?.pause(.list, for: .seconds(3600))
        let result = await client.send(call, plan: plan, permit: permit, sendBefore: nil)
        #expect(failure(result)?.fate == .notDone(retryAfter: nil))
        #expect(http.requests.count == 1)
        #expect(clock.now.offset <= client.timeout * 4 + ResourcePace.limitGrain)
    }

    @Test("a page that fails fails the list: half of it would show models as gone")
    func brokenOff() async throws {
        let http = ScriptedHTTP(
            Self.page(["a"], next: "https://target.example.com/m?nextLink=1"),
            RecordedAnswers.throttled
        )
        #expect(failure(try await list(http))?.fate == .notDone(retryAfter: .seconds(55)))
    }
}

@Suite("Probe")
struct ProbeTests {
    @Test("a probe asks for next to nothing")
    func probes() async throws {
        let http = ScriptedHTTP(
            .json(200, #"{"summary":{"count":13,"limit":5000,"lastUpdatedDateTime":"2021-05-25T18:20:48Z"}}"#),
            .json(200, #"{"customDocumentModels":{"count":1001,"limit":20000}}"#),
            .json(200, #"{"customDocumentModels":{"count":1001,"limit":20000}}"#),
            RecordedAnswers.projects
        )
        let client = try AzureClientTests.client(http)
        let target = try Plans.plan().target
        try await client.probe(target, apiVersion: .formRecognizer2_1)
        try await client.probe(target, apiVersion: .documentIntelligence3_0)
        try await client.probe(target, apiVersion: .documentIntelligence4_0)
        try await client.probe(target, apiVersion: .customVision3_3)
        #expect(
            http.requests.map { $0.url.reveal() } == [
                "https://target.example.com/formrecognizer/v2.1/custom/models?op=summary",
                "https://target.example.com/formrecognizer/info?api-version=2022-08-31",
                "https://target.example.com/documentintelligence/info?api-version=2024-11-30",
                "https://target.example.com/customvision/v3.3/training/projects",
            ]
        )
        #expect(http.requests.allSatisfy { $0.method == .get })
    }

    @Test("a probe tells what is wrong with the key")
    func badKey() async throws {
        let client = try AzureClientTests.client(ScriptedHTTP(RecordedAnswers.badKey))
        let target = try Plans.plan().target
        let failure = await #expect(throws: CallFailure.self) {
            try await client.probe(target, apiVersion: .formRecognizer2_0)
        }
        #expect(failure?.code == .accessDenied)
        #expect(failure?.message.contains("invalid subscription key") == true)
    }
}
