import AzureEmulation
import EmulationSupport
import Testing

@Suite("The gateway", .timeLimit(.minutes(2)))
struct GatewayTests {
    @Test("a wrong or missing key is 401 as in fr-v2.0_bad-key_401_net", arguments: ["", "wrong", "east-key"])
    func wrongKey(key: String) async throws {
        try await ServedAzure.run { azure in
            let url = "\(azure.endpoint("west"))/formrecognizer/v2.0/custom/models?op=summary"
            let headers = key.isEmpty ? [:] : ["Ocp-Apim-Subscription-Key": key]
            let reply = try await azure.call("GET", url, headers: headers)
            #expect(reply.status == 401)
            #expect(reply.headerNames == ["content-length", "date"])
            #expect(reply["content-length"] == "224")
            #expect(reply.memberNames == ["error", "code", "message"])
        }
    }

    @Test("each family wants its own header, and every key of the resource opens it")
    func keys() async throws {
        try await ServedAzure.run { azure async throws in
            let projects = "\(azure.endpoint("west"))/customvision/v3.3/training/projects"
            for (header, key, status) in [
                ("Training-Key", "west-key-2", 200), ("Ocp-Apim-Subscription-Key", "west-key", 401),
            ] {
                #expect(try await azure.call("GET", projects, headers: [header: key]).status == status)
            }
        }
    }

    @Test(
        "a POST without a length is 411 with a page",
        arguments: [
            "/formrecognizer/v2.1/custom/models/copyAuthorization",
            "/customvision/v3.3/training/projects/import?token=x",
        ]
    )
    func lengthRequired(path: String) async throws {
        try await ServedAzure.run { azure in
            let text =
                "POST \(path) HTTP/1.1\r\nHost: east\r\nOcp-Apim-Subscription-Key: east-key\r\nConnection: close\r\n\r\n"
            let (answer, _) = try await RawConversation.run(text, port: azure.port("east"))
            #expect(answer.hasPrefix("HTTP/1.1 411 Length Required\r\n"))
            #expect(answer.contains("text/html"))
            #expect(answer.contains("<h2>Length Required</h2>"))
            #expect(try azure.report().authorizations.issued.int == 0)
        }
    }

    @Test("URLs in answers name the host that the caller wrote")
    func host() async throws {
        try await ServedAzure.run { azure in
            let text =
                "POST /formrecognizer/v2.1/custom/models/copyAuthorization HTTP/1.1\r\nHost: east.example:81\r\nOcp-Apim-Subscription-Key: east-key\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            let (answer, _) = try await RawConversation.run(text, port: azure.port("east"))
            #expect(answer.contains("http://east.example:81/formrecognizer/v2.1/custom/models/"))
        }
    }

    @Test("what is over a resource's rate is 429 with policy-id, and touches nothing")
    func rate() async throws {
        var east = TestAzure.east
        east.rate = .init(management: 2)
        try await ServedAzure.run(east: east) { azure in
            _ = try await azure.authorize()
            _ = try await azure.authorize()
            let refused = try await azure.recognizer("POST", "east", "v2.1/custom/models/copyAuthorization")
            #expect(refused.status == 429)
            #expect(refused["retry-after"] == "1")
            #expect(refused["policy-id"] == "ResourceRateLimitBy60s")
            #expect(refused["content-type"] == "application/json")
            #expect(refused["x-envoy-upstream-service-time"] == nil)
            #expect(try azure.report().authorizations.issued.int == 2)
            #expect(try await azure.recognizer("GET", "east", "v2.1/custom/models?op=full").status == 200)
            azure.advance(1)
            _ = try await azure.authorize()
        }
    }

    @Test("x-ms-client-request-id comes back only when asked for, Retry-After never with success")
    func echo() async throws {
        try await ServedAzure.run { azure in
            let url = "\(azure.endpoint("west"))/formrecognizer/v2.1/custom/models?op=summary"
            var headers = ["Ocp-Apim-Subscription-Key": "west-key", "x-ms-client-request-id": "mine"]
            let silent = try await azure.call("GET", url, headers: headers)
            #expect(silent["x-ms-client-request-id"] == nil)
            #expect(silent["retry-after"] == nil)
            #expect(silent["date"] == "Sat, 21 Nov 2026 10:00:00 GMT")
            headers["x-ms-return-client-request-id"] = "true"
            #expect(try await azure.call("GET", url, headers: headers)["x-ms-client-request-id"] == "mine")
        }
    }

    @Test(
        "what no family knows is 404",
        arguments: ["/", "/formrecognizer/v9/custom/models", "/customvision/v3.3/training"]
    )
    func unknown(path: String) async throws {
        try await ServedAzure.run { azure in
            let reply = try await azure.call("GET", azure.endpoint("west") + path)
            #expect(reply.status == 404)
        }
    }

    @Test("a resource can be slow by configuration")
    func latency() async throws {
        var west = TestAzure.west
        west.latency = Latency(milliseconds: 60)
        try await ServedAzure.run(west: west) { azure async throws in
            let start = ContinuousClock.now
            #expect(try await azure.recognizer("GET", "west", "v2.1/custom/models?op=summary").status == 200)
            #expect(ContinuousClock.now - start >= .milliseconds(60))
        }
    }

    @Test("Custom Vision words its 429 in its own way")
    func visionRate() async throws {
        var west = TestAzure.west
        west.rate = .init(list: 0)
        try await ServedAzure.run(west: west) { azure in
            let refused = try await azure.vision("GET", "west", "projects")
            #expect(refused.status == 429)
            #expect(
                refused.text.contains("Requests to the GetProjects Operation under Custom_Vision_Training_3.3 have")
            )
        }
    }

    @Test("the stamp of arrival is the emulator's own: a caller's is neither believed nor reported")
    func stamp() async throws {
        try await ServedAzure.run { azure in
            let url = "\(azure.endpoint("west"))/formrecognizer/v2.1/custom/models?op=summary"
            let headers = ["Ocp-Apim-Subscription-Key": "west-key", "x-emulator-arrival": "0"]
            let reply = try await azure.call("GET", url, headers: headers)
            #expect(reply["x-envoy-upstream-service-time"] == "0")
            #expect(!(try await azure.admin("GET", "/report/headers").text.contains("x-emulator-arrival")))
        }
    }

    @Test("Document Intelligence sends chunks in v3, and in v4 operations with a length")
    func documents() async throws {
        try await ServedAzure.run(west: TestAzure.documentWest) { azure in
            let old = try await azure.startDocument(into: "old", .v3_1)
            let new = try await azure.startDocument(into: "new")
            azure.advance(11)
            let oldReply = try await azure.poll(old)
            #expect(oldReply["transfer-encoding"] == "chunked")
            #expect(oldReply["content-length"] == nil)
            let newReply = try await azure.poll(new)
            #expect(newReply["content-length"] == String(newReply.text.utf8.count))
            for reply in [oldReply, newReply] {
                #expect(try reply.decoded(Look.self).status.string == "succeeded")
            }
        }
    }

    @Test("a body beyond a megabyte ends the connection")
    func hugeBody() async throws {
        try await ServedAzure.run { azure async throws in
            let body = String(repeating: "x", count: 3_000_000)
            await #expect(throws: (any Error).self) { try await azure.copy(body) }
            #expect(try await azure.recognizer("GET", "west", "v2.1/custom/models?op=summary").status == 200)
        }
    }
}
