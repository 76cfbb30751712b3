import CopyDomain
import Testing

@testable import AzureAI

@Suite("Operation list", .timeLimit(.minutes(1)))
struct OperationListTests {
    /// The host's clock is five minutes behind the service's.
    static let date = "Sun, 13 Sep 2020 12:31:40 GMT"

    static func page(_ items: [(id: String, time: String)], next: String?) -> HTTPResponse {
        let value = items.map { item in
            #"{"operationId":"\#(item.id)","kind":"documentModelCopyTo","status":"running","createdDateTime":"#
                + #""2020-09-13T\#(item.time)Z"}"#
        }
        let link = next.map { #","nextLink":"https://source.example.com/o?page=\#($0)""# } ?? ""
        return HTTPResponse(
            status: 200,
            headers: [("date", date)],
            body: Array(#"{"value":[\#(value.joined(separator: ","))]\#(link)}"#.utf8)
        )
    }

    func list(_ http: ScriptedHTTP, clock: any Clock<Duration> = LeapingClock()) async throws -> CallResult {
        let client = try AzureClientTests.client(http, clock: clock)
        let plan = try Plans.plan(.documentIntelligence4_0)
        let call = CopyCall.documentIntelligence(.listOperations(since: Plans.now + .seconds(300)))
        let permit = try #require(try await client.permit(call, plan: plan, within: .seconds(3600)))
        return await client.send(call, plan: plan, permit: permit, sendBefore: nil)
    }

    func ids(_ result: CallResult) -> [String]? {
        guard case .answered(.documentIntelligence(.operations(let operations)), _, _) = result else { return nil }
        return operations.map { String($0.location.split(separator: "/").last?.prefix { $0 != "?" } ?? "") }
    }

    func failure(_ result: CallResult) -> CallFailure? {
        guard case .failed(let failure) = result else { return nil }
        return failure
    }

    @Test("pages are read back to the asked-for moment of the service's clock and a minute more")
    func pages() async throws {
        let http = ScriptedHTTP(
            Self.page([("d", "12:31:50"), ("c", "12:31:40")], next: "2"),
            Self.page([("c", "12:31:40"), ("b", "12:30:40")], next: "3"),
            Self.page([("a", "12:30:39")], next: "4")
        )
        let clock = LeapingClock()
        let result = try await list(http, clock: clock)
        #expect(ids(result) == ["d", "c", "b", "a"])
        #expect(
            http.requests.map { $0.url.reveal() } == [
                "https://source.example.com/documentintelligence/operations?api-version=2024-11-30",
                "https://source.example.com/o?page=2", "https://source.example.com/o?page=3",
            ]
        )
        // Each page waits for its own place among ten lists a second.
        #expect(clock.now.offset >= .milliseconds(180))
        guard case .answered(_, let date, _) = result else { return }
        #expect(date == Plans.now + .seconds(300))
    }

    @Test("the last page ends the list")
    func lastPage() async throws {
        let http = ScriptedHTTP(Self.page([("a", "12:31:50")], next: nil))
        #expect(ids(try await list(http)) == ["a"])
    }

    @Test("pages without end are read as far as the limit")
    func endless() async throws {
        let pages = (0..<1000).map { ScriptedHTTP.Answer.success(Self.page([("a", "12:31:50")], next: "\($0)")) }
        let http = ScriptedHTTP(pages)
        #expect(ids(try await list(http)) == ["a"])
        #expect(http.requests.count == AzureClient.operationPageLimit)
    }

    @Test("a page that fails, comes again or is elsewhere fails the list")
    func brokenOff() async throws {
        let first = Self.page([("a", "12:31:50")], next: "1")
        #expect(failure(try await list(ScriptedHTTP(first, RecordedAnswers.throttled)))?.code == .throttled)
        #expect(failure(try await list(ScriptedHTTP(first, first)))?.code == .unexpectedAnswer)
        let foreign = HTTPResponse.json(200, #"{"value":[],"nextLink":"https://evil.example.com/o"}"#)
        let http = ScriptedHTTP(foreign)
        #expect(failure(try await list(http))?.code == .foreignOperationLocation)
        #expect(http.requests.count == 1)
    }
}
