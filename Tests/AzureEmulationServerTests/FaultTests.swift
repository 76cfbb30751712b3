import AzureEmulation
import EmulationSupport
import Testing

@Suite("Faults", .timeLimit(.minutes(2)))
struct FaultTests {
    @Test(
        "a refusal happens before anything is touched",
        arguments: [
            (#"{"fault":"throttle","retryAfter":55}"#, 429), (#"{"fault":"error500"}"#, 500),
            (#"{"fault":"error503"}"#, 503), (#"{"fault":"gone"}"#, 410),
        ]
    )
    func refusals(fault: String, status: Int) async throws {
        try await ServedAzure.run { azure in
            let grant = try await azure.authorize()
            #expect(try await azure.admin("POST", "/faults", fault).status == 201)
            let refused = try await azure.copy(grant.order())
            #expect(refused.status == status)
            if status == 429 {
                #expect(refused["retry-after"] == "55")
                #expect(refused.text.contains("Rate limit is exceeded. Try again in 55 seconds."))
            }
            #expect(try await azure.vision("GET", "west", "projects").status == status)
            #expect(try await azure.admin("DELETE", "/faults").status == 200)
            let accepted = try await azure.copy(grant.order())
            azure.advance(11)
            let poll = try await azure.poll(#require(accepted["operation-location"]))
            #expect(try poll.decoded(Look.self).status.string == "succeeded")
            #expect(try azure.report().authorizations.reused.int == 0)
        }
    }

    @Test("a 500 after the work leaves the work done")
    func errorAfterWork() async throws {
        try await ServedAzure.run { azure in
            _ = try await azure.admin("POST", "/faults", #"{"fault":"error500","when":"afterWork","call":"authorize"}"#)
            let reply = try await azure.recognizer("POST", "east", "v2.1/custom/models/copyAuthorization")
            #expect(reply.status == 500)
            #expect(try azure.report().neverFilled.list.count == 1)
        }
    }

    @Test("answerLost does the work and cuts the connection, reset does nothing and resets it")
    func lostAndReset() async throws {
        try await ServedAzure.run { azure in
            let request =
                "POST /formrecognizer/v2.1/custom/models/copyAuthorization HTTP/1.1\r\nHost: east\r\nOcp-Apim-Subscription-Key: east-key\r\nContent-Length: 0\r\n\r\n"
            _ = try await azure.admin("POST", "/faults", #"{"fault":"answerLost","call":"authorize","count":1}"#)
            let lost = try await RawConversation.run(request, port: azure.port("east"))
            #expect(lost == ("", .closed))
            #expect(try azure.report().authorizations.issued.int == 1)

            _ = try await azure.admin("POST", "/faults", #"{"fault":"reset","call":"authorize","count":1}"#)
            let reset = try await RawConversation.run(request, port: azure.port("east"))
            #expect(reset == ("", .reset))
            #expect(try azure.report().authorizations.issued.int == 1)
        }
    }

    @Test("a slow answer comes late and true")
    func slow() async throws {
        try await ServedAzure.run { azure in
            _ = try await azure.admin("POST", "/faults", #"{"fault":"slow","milliseconds":120,"call":"listModels"}"#)
            let clock = ContinuousClock()
            let start = clock.now
            #expect(try await azure.recognizer("GET", "west", "v2.1/custom/models?op=full").status == 200)
            #expect(clock.now - start >= .milliseconds(120))
        }
    }

    @Test("copyFails fails the copy that is started and no later one")
    func copyFails() async throws {
        try await ServedAzure.run { azure in
            _ = try await azure.admin("POST", "/faults", #"{"resource":"west","fault":"copyFails","count":1}"#)
            let (_, first) = try await azure.startCopy()
            let (_, second) = try await azure.startCopy()
            azure.advance(11)
            let failed: Look = try await azure.poll(first).decoded()
            #expect(failed.status.string == "failed")
            #expect(failed.copyResult.errors[0].message.string?.hasPrefix("Could not retrieve authorization") == true)
            #expect(try await azure.poll(second).decoded(Look.self).status.string == "succeeded")
        }
    }

    @Test("importFails leaves a partial project, importStuck one that imports for ever")
    func imports() async throws {
        try await ServedAzure.run { azure in
            let token = try await azure.export()
            _ = try await azure.admin("POST", "/faults", #"{"fault":"importFails","count":1}"#)
            let failing: Look = try await azure.importProject(token, name: "failing").decoded()
            _ = try await azure.admin("POST", "/faults", #"{"fault":"importStuck","count":1}"#)
            let stuck: Look = try await azure.importProject(token, name: "stuck").decoded()
            azure.advance(8 * 7 * 86_400)
            let failed: Look = try await azure.vision("GET", "east", "projects/\(failing.id.string ?? "")").decoded()
            #expect(failed.status.string == "Failed")
            #expect(failed.thumbnailUri.string != nil)
            let importing: Look = try await azure.vision("GET", "east", "projects/\(stuck.id.string ?? "")").decoded()
            #expect(importing.status.string == "Importing")
            #expect(importing.lastModified.string == importing.created.string)
            #expect(try azure.report().copies.list.map(\.status.string) == ["failed", "stuck"])
        }
    }

    @Test("a fault strikes only the resource, call and request it names, and tells how often")
    func selection() async throws {
        try await ServedAzure.run { azure in
            let fault = #"{"resource":"east","call":"authorize","fault":"error503","match":"r1*","count":2}"#
            let made: Look = try await azure.admin("POST", "/faults", fault).decoded()
            #expect(made.id.int == 1)
            func authorize(_ resource: String, _ id: String?) async throws -> Int {
                try await azure.recognizer("POST", resource, "v2.1/custom/models/copyAuthorization", id: id).status
            }
            #expect(try await authorize("west", "r1") == 201)
            #expect(try await authorize("east", "r2") == 201)
            #expect(try await authorize("east", nil) == 201)
            #expect(try await authorize("east", "r1") == 503)
            #expect(try await azure.recognizer("GET", "east", "v2.1/custom/models?op=full", id: "r1").status == 200)
            #expect(try await authorize("east", "r1-2") == 503)
            #expect(try await authorize("east", "r1") == 201)
            let faults: Look = try await azure.admin("GET", "/faults").decoded()
            #expect(faults[0].fired.int == 2)
            #expect(try await azure.admin("DELETE", "/faults/1").status == 200)
            #expect(try await azure.admin("DELETE", "/faults/1").status == 404)
        }
    }

    @Test("a probability strikes some and spares some, the same ones for the same seed")
    func probability() async throws {
        var runs: [[Int]] = []
        for _ in 0..<2 {
            try await ServedAzure.run { azure in
                _ = try await azure.admin("POST", "/faults", #"{"fault":"error500","probability":0.3}"#)
                var statuses: [Int] = []
                for _ in 0..<60 {
                    statuses.append(try await azure.recognizer("GET", "west", "v2.1/custom/models?op=summary").status)
                }
                runs.append(statuses)
            }
        }
        #expect(runs[0] == runs[1])
        #expect((6...30).contains(runs[0].count { $0 == 500 }))
    }

    @Test(
        "a fault that makes no sense is refused with a sentence",
        arguments: [
            (#"{"fault":"explode"}"#, "fault"), (#"{"fault":"slow","call":"dance"}"#, "dance"),
            (#"{"fault":"slow","resource":"north"}"#, "north"), (#"{"fault":"slow","probability":2}"#, "probability"),
            (#"{"fault":"reset","when":"afterWork"}"#, "when"), (#"{"fault":"slow","cuont":2}"#, "cuont"),
            (#"{}"#, "fault"), ("nonsense", ""),
        ]
    )
    func nonsense(fault: String, named: String) async throws {
        try await ServedAzure.run { azure in
            let reply = try await azure.admin("POST", "/faults", fault)
            #expect(reply.status == 400)
            let sentence = try #require(try reply.decoded(Look.self).error.string)
            #expect(named.isEmpty || sentence.contains(named))
            #expect(try await azure.admin("GET", "/faults").text == "[]")
        }
    }
}
