import AzureEmulation
import EmulationSupport
import Testing

@Suite("Exchanges in process", .timeLimit(.minutes(2)))
struct ExchangeTests {
    static func authorize(_ resource: String = "east") -> WireRequest? {
        WireRequest(
            "POST",
            url: "https://\(resource).emulated/formrecognizer/v2.1/custom/models/copyAuthorization",
            headers: ["Ocp-Apim-Subscription-Key": "east-key", "Content-Length": "0"]
        )
    }

    @Test(
        "a conversation without an answer says what was done",
        arguments: [(FaultKind.reset, Interruption.reset, 0), (.answerLost, .answerLost, 1)]
    )
    func interruptions(fault: FaultKind, interruption: Interruption, issued: Int) async throws {
        try await TestAzure.run { azure in
            azure.azure.add(FaultRule(fault, call: "authorize"))
            let request = try #require(Self.authorize())
            await #expect(throws: interruption) { try await azure.azure.exchange(request) { _ in } }
            #expect(azure.azure.authorizations.count == issued)
        }
    }

    @Test("a resource that is not there answers nothing")
    func unknown() async throws {
        try await TestAzure.run { azure in
            let request = try #require(Self.authorize("north"))
            await #expect(throws: Interruption.noResource("north")) { try await azure.azure.exchange(request) { _ in } }
        }
    }

    @Test("waiting is asked of the caller")
    func sleeping() async throws {
        try await TestAzure.run { azure in
            azure.azure.add(FaultRule(.slow, milliseconds: 1_500))
            let request = try #require(Self.authorize())
            var waited: [Duration] = []
            let answer = try await azure.azure.exchange(request) { waited.append($0) }
            #expect(answer.status == 201)
            #expect(waited == [.milliseconds(1_500)])
        }
    }

    @Test("what somebody else deletes is gone")
    func removal() async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure async throws in
            for id in [TestAzure.source, TestAzure.project, "invoices", "sorter"] {
                #expect(azure.azure.remove(id, from: "west"))
                #expect(!azure.azure.remove(id, from: "west"))
            }
            #expect(!azure.azure.remove("invoices", from: "nowhere"))
            #expect(try await azure.documents("GET", "west", "documentModels/invoices").status == 404)
        }
    }

    @Test("the time can follow another clock")
    func clock() {
        let start = TestAzure.start
        let clock = EmulatedClock(following: { start })
        clock.advance(seconds: 2)
        #expect(clock.now == start.after(seconds: 2))
    }

    @Test(
        "a URL names the resource and the base",
        arguments: [
            (
                "https://West.cognitiveservices.azure.com/a/b?c=d", "west", "https://West.cognitiveservices.azure.com",
                "/a/b?c=d"
            ),
            ("http://east:8080?x", "east", "http://east:8080", "/?x"), ("https://east", "east", "https://east", "/"),
        ]
    )
    func urls(url: String, resource: String, base: String, target: String) throws {
        let request = try #require(WireRequest("GET", url: url))
        #expect(request.resource == resource)
        #expect(request.base == base)
        #expect(request.target == target)
    }
}
