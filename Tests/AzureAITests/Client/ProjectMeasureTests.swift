import CopyDomain
import Testing

@testable import AzureAI

@Suite("What a project holds", .timeLimit(.minutes(1)))
struct ProjectMeasureTests {
    private static let tags = HTTPResponse.json(
        200,
        #"[{"id":"t1","name":"dog","type":"Regular","imageCount":9},{"id":"t2","name":"cat","imageCount":3}]"#
    )
    private static let iterations = HTTPResponse.json(
        200,
        """
        [{"id":"i1","name":"Iteration 1","status":"Completed","publishName":"pets","originalPublishResourceId":"/x"},
         {"id":"i2","name":"Iteration 2","status":"Completed","publishName":null},
         {"id":"i3","name":"Iteration 3","status":"Training"}]
        """
    )

    private func measure(
        _ http: ScriptedHTTP,
        of side: CallSide = .target,
        clock: any Clock<Duration> = LeapingClock()
    ) async throws -> CallResult {
        let client = try AzureClientTests.client(http, clock: clock)
        let plan = try Plans.plan(.customVision3_3)
        let call = CopyCall.customVision(.measureProject(id: "p", side: side))
        let permit = try #require(try await client.permit(call, plan: plan, within: .seconds(3600)))
        return await client.send(call, plan: plan, permit: permit, sendBefore: nil)
    }

    private func failure(_ result: CallResult) -> CallFailure? {
        guard case .failed(let failure) = result else { return nil }
        return failure
    }

    @Test(
        "is counted in four requests, each of which waits for its place",
        arguments: [(CallSide.source, "https://source.example.com"), (.target, "https://target.example.com")]
    )
    func counts(side: CallSide, origin: String) async throws {
        let http = ScriptedHTTP(Self.tags, Self.iterations, .json(200, "12"), .json(200, " 0\n"))
        let clock = LeapingClock()
        guard case .answered(let answer, let date, _) = try await measure(http, of: side, clock: clock) else {
            Issue.record("no answer")
            return
        }
        let expected = ProjectMeasure(
            tags: 2,
            iterations: 2,
            taggedImages: 12,
            untaggedImages: 0,
            publishedIterations: 1
        )
        #expect(answer == .customVision(.measured(expected)))
        #expect(date != nil)
        let project = "\(origin)/customvision/v3.3/training/projects/p"
        #expect(
            http.requests.map { $0.url.reveal() } == [
                "\(project)/tags", "\(project)/iterations", "\(project)/images/tagged/count",
                "\(project)/images/untagged/count",
            ]
        )
        #expect(http.requests.allSatisfy { $0.method == .get && $0.header("Training-Key") == Plans.key.reveal() })
        // Three more places among ten lists a second.
        #expect(clock.now.offset >= .milliseconds(280))
    }

    @Test("an untrained, empty project holds nothing")
    func empty() async throws {
        let http = ScriptedHTTP(.json(200, "[]"), .json(200, "[]"), .json(200, "0"), .json(200, "0"))
        guard case .answered(.customVision(.measured(let measure)), _, _) = try await measure(http) else {
            Issue.record("no answer")
            return
        }
        #expect(
            measure
                == ProjectMeasure(tags: 0, iterations: 0, taggedImages: 0, untaggedImages: 0, publishedIterations: 0)
        )
    }

    @Test("one failed request fails the whole, and nothing more is asked")
    func brokenOff() async throws {
        let http = ScriptedHTTP(Self.tags, RecordedAnswers.throttled)
        #expect(failure(try await measure(http))?.fate == .notDone(retryAfter: .seconds(55)))
        #expect(http.requests.count == 2)
        let missing = HTTPResponse.json(404, #"{"code":"NotFoundProject","message":"Project not found."}"#)
        #expect(failure(try await measure(ScriptedHTTP(missing)))?.fate == .refused)
    }

    @Test("an odd body is no count", arguments: ["\"12\"", "-1", "{}", "[]", "null", "1.5", ""])
    func oddCounts(body: String) async throws {
        let http = ScriptedHTTP(Self.tags, Self.iterations, .json(200, body), .json(200, "0"))
        #expect(failure(try await measure(http))?.code == .unexpectedAnswer)
    }
}
