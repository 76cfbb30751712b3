import AzureEmulation
import EmulationSupport
import Testing

@Suite("Holds", .timeLimit(.minutes(2)))
struct HoldTests {
    static let authorize = "v2.1/custom/models/copyAuthorization"

    static let request =
        "POST /formrecognizer/v2.1/custom/models/copyAuthorization HTTP/1.1\r\nHost: east\r\nx-ms-client-request-id: r1\r\nOcp-Apim-Subscription-Key: east-key\r\nContent-Length: 0\r\n\r\n"

    @Test(
        "a request held before or after its work goes on when it is released",
        arguments: [("beforeWork", 0), ("afterWork", 1)]
    )
    func release(when: String, doneWhileHeld: Int) async throws {
        try await ServedAzure.run { azure in
            _ = try await azure.admin("POST", "/faults", #"{"fault":"hold","when":"\#(when)","call":"authorize"}"#)
            async let reply = azure.recognizer("POST", "east", Self.authorize, id: "r1")
            let held: Look = try await azure.admin("GET", "/held?wait=10").decoded()
            #expect(held.list.count == 1)
            #expect(held[0].resource.string == "east")
            #expect(held[0].call.string == "authorize")
            #expect(held[0].clientRequestID.string == "r1")
            #expect(held[0].when.string == when)
            #expect(try azure.report().authorizations.issued.int == doneWhileHeld)
            let id = try #require(held[0].id.int)
            #expect(try await azure.admin("POST", "/held/\(id)/release").status == 200)
            #expect(try await reply.status == 201)
            #expect(try azure.report().authorizations.issued.int == 1)
            #expect(try await azure.admin("GET", "/held").text == "[]")
            #expect(try await azure.admin("POST", "/held/\(id)/release").status == 404)
        }
    }

    @Test("a held request is worked on although its caller is gone")
    func callerGone() async throws {
        try await ServedAzure.run { azure in
            _ = try await azure.admin("POST", "/faults", #"{"fault":"hold","when":"beforeWork"}"#)
            _ = try await azure.admin("POST", "/faults", #"{"fault":"hold","when":"afterWork"}"#)
            try await RawConversation.abandon(Self.request, port: azure.port("east")) {
                let held: Look = try await azure.admin("GET", "/held?wait=10").decoded()
                #expect(held.list.count == 1)
            }
            #expect(try azure.report().authorizations.issued.int == 0)
            let released: Look = try await azure.admin("POST", "/held/release").decoded()
            #expect(released.released.list.count == 1)
            let done: Look = try await azure.admin("GET", "/held?wait=10").decoded()
            #expect(done[0].when.string == "afterWork")
            #expect(try azure.report().authorizations.issued.int == 1)
        }
    }

    @Test("a request that is dropped does nothing and has its connection reset", arguments: ["rule", "release"])
    func drop(saidBy place: String) async throws {
        try await ServedAzure.run { azure in
            let then = place == "rule" ? #","then":"drop""# : ""
            _ = try await azure.admin("POST", "/faults", #"{"fault":"hold","call":"authorize"\#(then)}"#)
            async let conversation = RawConversation.run(Self.request, port: azure.port("east"))
            let held: Look = try await azure.admin("GET", "/held?wait=10").decoded()
            let body = place == "release" ? #"{"then":"drop"}"# : nil
            let id = try #require(held[0].id.int)
            #expect(try await azure.admin("POST", "/held/\(id)/release", body).status == 200)
            #expect(try await conversation == ("", .reset))
            #expect(try azure.report().authorizations.issued.int == 0)
        }
    }

    @Test("after the answer a request is only reported")
    func afterAnswer() async throws {
        try await ServedAzure.run { azure in
            _ = try await azure.admin("POST", "/faults", #"{"fault":"hold","when":"afterAnswer","call":"authorize"}"#)
            #expect(try await azure.recognizer("POST", "east", Self.authorize).status == 201)
            let held: Look = try await azure.admin("GET", "/held?wait=10").decoded()
            #expect(held[0].when.string == "afterAnswer")
            #expect(try await azure.admin("POST", "/held/\(try #require(held[0].id.int))/release").status == 200)
        }
    }

    @Test("waiting for what never comes ends with an empty list")
    func nothing() async throws {
        try await ServedAzure.run { azure async throws in
            #expect(try await azure.admin("GET", "/held?wait=0.05").text == "[]")
            #expect(try await azure.admin("POST", "/held/7/release", #"{"then":"dance"}"#).status == 400)
        }
    }

    @Test("an emulator that ends lets go of what it holds")
    func end() async throws {
        let request = Self.request
        try await withThrowingTaskGroup(of: String.self) { group in
            try await ServedAzure.run { azure in
                _ = try await azure.admin("POST", "/faults", #"{"fault":"hold"}"#)
                let port = azure.port("east")
                group.addTask { try await RawConversation.run(request, port: port).answer }
                _ = try await azure.admin("GET", "/held?wait=10")
            }
            #expect(try await group.next() == "")
        }
    }
}
