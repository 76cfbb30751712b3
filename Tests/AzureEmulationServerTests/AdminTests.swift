import AzureEmulation
import AzureEmulationServer
import EmulationSupport
import FoundationEssentials
import Testing

@Suite("The admin port", .timeLimit(.minutes(2)))
struct AdminTests {
    @Test("it is healthy and lists the resources with keys and contents")
    func resources() async throws {
        try await ServedAzure.run { azure, emulator in
            #expect(try await azure.admin("GET", "/health").text == #"{"status":"ok"}"#)
            let resources: Look = try await azure.admin("GET", "/resources").decoded()
            #expect(resources.list.map(\.name.string) == ["west", "east"])
            #expect(resources[0].endpoint.string == azure.endpoint("west"))
            #expect(resources[0].key.string == "west-key")
            #expect(resources[0].armId.string == TestAzure.west.armId)
            #expect(resources[0].region.string == "westus2")
            #expect(resources[0].models.list.map(\.id.string).contains(TestAzure.source))
            let ready = try JSONDecoder().decode(Look.self, from: Data(emulator.readyText.utf8))
            #expect(ready.adminPort.int == emulator.adminPort)
            #expect(ready.resources[1].endpoint.string == azure.endpoint("east"))
        }
    }

    @Test("the time of copies can be changed for those that begin later")
    func settings() async throws {
        try await ServedAzure.run { azure in
            let (_, slow) = try await azure.startCopy()
            let changed = try await azure.admin("POST", "/copies/settings", #"{"seconds":2}"#)
            #expect(changed.text == #"{"seconds":2,"spread":0,"runningShare":0.2}"#)
            let (_, fast) = try await azure.startCopy()
            azure.advance(3)
            #expect(try await azure.poll(slow).decoded(Look.self).status.string == "notStarted")
            #expect(try await azure.poll(fast).decoded(Look.self).status.string == "succeeded")
            for nonsense in [#"{"seconds":-1}"#, #"{"spread":2}"#, #"{"seconds":1e30}"#, #"{"minutes":1}"#, "x"] {
                #expect(try await azure.admin("POST", "/copies/settings", nonsense).status == 400)
            }
            #expect(try await azure.admin("GET", "/copies/settings").text == changed.text)
        }
    }

    @Test("the clock can be moved on, never back")
    func clock() async throws {
        try await ServedAzure.run { azure in
            let reply = try await azure.admin("POST", "/clock/advance", #"{"seconds":3600}"#)
            #expect(reply.text == #"{"now":"2026-11-21T11:00:00.1234567Z"}"#)
            #expect(try await azure.admin("POST", "/clock/advance", #"{"seconds":-1}"#).status == 400)
            #expect(try await azure.admin("POST", "/clock/advance", #"{"seconds":1e30}"#).status == 400)
            #expect(azure.azure.clock.now == Moment(nanoseconds: TestAzure.start.nanoseconds + 3_600_000_000_000))
        }
    }

    @Test("what it does not know is 404")
    func unknown() async throws {
        try await ServedAzure.run { azure async throws in
            for (method, path) in [("GET", "/"), ("PUT", "/faults"), ("POST", "/held/1"), ("DELETE", "/faults/x")] {
                #expect(try await azure.admin(method, path).status == 404)
            }
        }
    }

    @Test("a port that is taken ends the emulator with an error before anybody uses it")
    func takenPort() async throws {
        try await ServedAzure.run { azure in
            let configuration = EmulatorConfiguration(
                resources: [ResourceConfiguration(name: "same", port: azure.port("west"))]
            )
            await #expect(throws: (any Error).self) {
                try await AzureEmulator.run(configuration) { _ in Issue.record("it must not run") }
            }
        }
    }
}
