import Testing

@testable import AzureEmulation

@Suite("Values")
struct ValueTests {
    @Test("indented JSON is spelled as the v4 service spells it")
    func indented() {
        let json: JSON = ["a": "x:{,\"", "b": [1, .rendered(#"{"c":[],"d":{"e":true}}"#)], "f": [:]]
        let lines = [
            "{", #"  "a": "x:{,\"","#, #"  "b": ["#, "    1,", "    {", #"      "c": [],"#, #"      "d": {"#,
            #"        "e": true"#, "      }", "    }", "  ],", #"  "f": {}"#, "}",
        ]
        #expect(json.indentedText == lines.joined(separator: "\n"))
    }

    @Test(
        "the next month begins at midnight",
        arguments: [
            ("2026-11-21", 1_795_255_200, 1_796_083_200), ("2027-01-31", 1_801_411_199, 1_801_440_000),
            ("2028-02-29", 1_835_395_200, 1_835_481_600),
        ] as [(String, Int64, Int64)]
    )
    func nextMonth(day: String, seconds: Int64, next: Int64) {
        let moment = Moment(unixSeconds: seconds)
        #expect(moment.wholeSeconds.hasPrefix(day))
        #expect(moment.startOfNextMonth == Moment(unixSeconds: next))
    }

    @Test(
        "moments are spelled as the services spell them",
        arguments: [
            (
                1_597_946_904_634_358_000, "2020-08-20T18:08:24.634358Z", "2020-08-20T18:08:24.634Z",
                "Thu, 20 Aug 2020 18:08:24 GMT"
            ),
            (
                1_597_946_909_966_773_400, "2020-08-20T18:08:29.9667734Z", "2020-08-20T18:08:29.966Z",
                "Thu, 20 Aug 2020 18:08:29 GMT"
            ),
            (
                1_604_680_304_740_000_000, "2020-11-06T16:31:44.74Z", "2020-11-06T16:31:44.74Z",
                "Fri, 06 Nov 2020 16:31:44 GMT"
            ),
            (951_782_400_000_000_000, "2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
            (
                4_107_542_399_000_000_050, "2100-02-28T23:59:59Z", "2100-02-28T23:59:59Z",
                "Sun, 28 Feb 2100 23:59:59 GMT"
            ),
            (0, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ] as [(Int64, String, String, String)]
    )
    func moments(nanoseconds: Int64, seven: String, three: String, http: String) {
        let moment = Moment(nanoseconds: nanoseconds)
        #expect(moment.sevenDigits == seven)
        #expect(moment.threeDigits == three)
        #expect(moment.httpDate == http)
    }

    @Test("the recorded ticks are the recorded moment")
    func ticks() {
        #expect(Moment(nanoseconds: 1_589_503_322_100_451_500).dotNetTicks == 637_251_001_221_004_515)
    }

    @Test("JSON keeps its order and escapes what it must")
    func json() {
        let value: JSON = ["b": 1, "a": [true, .null, .number(0.5), .number(3)], "t": .string("\"\\\n\u{1}é/")]
        #expect(value.text == #"{"b":1,"a":[true,null,0.5,3],"t":"\"\\\n\u0001é/"}"#)
        #expect(JSON.members([("x", nil), ("y", 2)]).text == #"{"y":2}"#)
        #expect(JSON.number(.infinity).text == "null")
    }

    @Test(
        "percent-encoding is undone once",
        arguments: [
            ("a%3Db", "a=b"), ("%253D", "%3D"), ("a+b", "a b"), ("100%", "100%"), ("%zz", "%zz"), ("%C3%A9", "é"),
        ]
    )
    func decoding(encoded: String, plain: String) {
        #expect(PercentCoding.decode(encoded[...]) == plain)
    }

    @Test("encoding leaves only what needs none")
    func encoding() {
        #expect(PercentCoding.encode("aZ9-._~ +/:é") == "aZ9-._~%20%2B%2F%3A%C3%A9")
    }

    @Test("an agenda gives what is due, the earliest first, equal ones in their order")
    func agenda() {
        var agenda = Agenda<String>()
        for (item, due) in [("c", 30), ("a", 10), ("b1", 20), ("b2", 20), ("z", 99)] as [(String, Int64)] {
            agenda.add(item, due: Moment(nanoseconds: due))
        }
        var taken: [String] = []
        while let next = agenda.next(until: Moment(nanoseconds: 30)) { taken.append(next.item) }
        #expect(taken == ["a", "b1", "b2", "c"])
        #expect(!agenda.isEmpty)
    }

    @Test("gap figures are nearest ranks over all gaps")
    func gapFigures() throws {
        #expect(GapFigures(microseconds: []) == nil)
        let figures = try #require(GapFigures(microseconds: (1...100).map { Int32($0 * 100_000) }))
        #expect(figures.count == 100)
        #expect(figures.p01 == 100)
        #expect(figures.p50 == 5_000)
        #expect(figures.p99 == 9_900)
        #expect(figures.withinShare == 0.03)
    }

    @Test("identifiers are version 4 UUIDs, and a seed gives the same ones again")
    func guids() {
        var first = SplitMix64(seed: 7)
        var second = SplitMix64(seed: 7)
        for _ in 0..<100 {
            let guid = first.guid()
            #expect(guid.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
            #expect(guid == second.guid())
        }
    }

    @Test("a page marker names the last model and nothing else is one")
    func markers() {
        let id = "0a9f53c0-6a42-43a9-aec1-8f897d23a2e0"
        #expect(
            PageMarker.text(after: id)
                == "2!236!MDAwMTMyIXN1YnNjcmlwdGlvbnMvYzUwM2I4ODFkNmM2NGY1OGFmYjM3MmMxOTI0YmMyMzQvbW9kZWxzLzBhOWY1M2MwLTZhNDItNDNhOS1hZWMxLThmODk3ZDIzYTJlMC8wYTlmNTNjMC02YTQyLTQzYTktYWVjMS04Zjg5N2QyM2EyZTAuanNvbiEwMDAwMjghOTk5OS0xMi0zMVQyMzo1OTo1OS45OTk5OTk5WiE-"
        )
        #expect(PageMarker.lastID(in: PageMarker.text(after: id)) == id)
        for nonsense in ["", "2!3!abc", "2!4!YWJj", "x"] { #expect(PageMarker.lastID(in: nonsense) == nil) }
    }

    @Test("a rate allows so many calls in each second")
    func rate() {
        var window = RateWindow()
        let admitted = [0, 1, 2, 999_999_999, 1_000_000_000, 1_000_000_001].map {
            window.admits(at: Moment(nanoseconds: $0), allowance: 2)
        }
        #expect(admitted == [true, true, false, false, true, true])
    }

    @Test("only so many values of a header are kept, the others are counted")
    func headerValues() {
        var values = HeaderLog.Values()
        for number in 0..<300 { values.add("v\(number)") }
        values.add("v0")
        #expect(values.counts.count == HeaderLog.kept)
        #expect(values.counts["v0"] == 2)
        #expect(values.others == 44)
    }
}
