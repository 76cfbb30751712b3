import CopyDomain
import Testing

@testable import AzureAI

@Suite("Dates of the service")
struct ServiceDateTests {
    @Test(
        "0 to 7 fraction digits",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.5Z", 500),
            ("2020-09-16T20:55:17.63Z", 1_600_289_717_630),
            ("2020-11-06T16:31:44.723Z", 1_604_680_304_723), ("2020-08-20T18:08:24.634358Z", 1_597_946_904_634),
            ("2021-05-25T18:21:02.8731066Z", 1_621_966_862_873), ("2024-02-29T23:59:59Z", 1_709_251_199_000),
            ("2000-02-29T00:00:00+00:00", 951_782_400_000), ("9999-12-31T23:59:59.9999999Z", 253_402_300_799_999),
            ("1969-12-31T23:59:59Z", -1000), ("1970-01-01T02:00:00+02:00", 0), ("1969-12-31T16:30:00.5-07:30", 500),
        ]
    )
    func iso8601(_ text: String, milliseconds: Int) {
        #expect(ServiceDate.timestamp(iso8601: text)?.milliseconds == Int64(milliseconds))
    }

    @Test(
        "what is no date is nothing",
        arguments: [
            "", "2020", "2020-13-01T00:00:00Z", "2020-00-01T00:00:00Z", "2020-01-01", "2020-01-01T00:00:00",
            "2020-01-01T00:00:00.Z", "2020-01-01T00:00:00.12345678Z", "2020-01-01T24:00:00Z", "2020-01-01T00:00:00Zz",
            "2020-01-01T00:00:00+0200", "2020-01-01T00:00:00+24:00", "+020-01-01T00:00:00Z", "２０２０-01-01T00:00:00Z",
        ]
    )
    func noISO8601(_ text: String) {
        #expect(ServiceDate.timestamp(iso8601: text) == nil)
    }

    @Test("the form of HTTP headers")
    func httpDate() {
        #expect(ServiceDate.timestamp(httpDate: "Thu, 20 Aug 2020 18:08:30 GMT")?.milliseconds == 1_597_946_910_000)
        #expect(ServiceDate.timestamp(httpDate: "Thu, 20 Aug 2020 18:08:30 CET") == nil)
        #expect(ServiceDate.timestamp(httpDate: "Thursday, 20-Aug-20 18:08:30 GMT") == nil)
        #expect(ServiceDate.timestamp(httpDate: "55") == nil)
    }

    @Test(
        "Retry-After is seconds or a date, at most an hour",
        arguments: [
            ("55", Duration.seconds(55)), ("0", .zero), ("3601", .seconds(3600)),
            ("99999999999999999999999", .seconds(3600)), ("Thu, 20 Aug 2020 18:09:00 GMT", .seconds(30)),
            ("Thu, 20 Aug 2020 17:00:00 GMT", .zero), ("Fri, 20 Aug 2021 17:00:00 GMT", .seconds(3600)),
            ("", nil), ("-1", nil), ("1.5", nil), ("soon", nil),
        ]
    )
    func retryAfter(_ text: String, pause: Duration?) {
        let response = HTTPResponse(
            status: 429,
            headers: [("Retry-After", text), ("Date", "Thu, 20 Aug 2020 18:08:30 GMT")],
            body: []
        )
        #expect(RetryAfter.pause(asked: response, now: Plans.now) == pause)
    }

    @Test("a Retry-After date without a Date counts from the worker's own clock")
    func retryAfterOwnClock() throws {
        let now = try #require(ServiceDate.timestamp(httpDate: "Thu, 20 Aug 2020 18:08:55 GMT"))
        let response = HTTPResponse(
            status: 503,
            headers: [("Retry-After", "Thu, 20 Aug 2020 18:09:00 GMT")],
            body: []
        )
        #expect(RetryAfter.pause(asked: response, now: now) == .seconds(5))
    }
}
