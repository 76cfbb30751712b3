import AzureEmulation
import EmulationSupport
import FoundationEssentials
import Testing

@Suite("The report", .timeLimit(.minutes(2)))
struct ReportTests {
    @Test("it tells what happened per request, though the answers were lost")
    func happened() async throws {
        try await TestAzure.run { azure in
            let grant = try await azure.authorize(id: "r1")
            _ = try await azure.admin("POST", "/faults", #"{"fault":"answerLost","call":"copy"}"#)
            await #expect(throws: (any Error).self) { try await azure.copy(grant.order(), id: "r1") }
            azure.advance(11)
            let report: Look = try await azure.admin("GET", "/report").decoded()
            #expect(report.finishedPerRequest.r1.int == 1)
            #expect(report.finishedPerSource["west/\(TestAzure.source)"].int == 1)
            #expect(report.finishedTargets[0].target.string == "east/\(grant.modelID)")
            #expect(report.finishedTargets[0].finishedAt.string == "2026-11-21T10:00:10.1234567Z")
            #expect(report.finishedTargets[0].kind.string == "document-model")
            #expect(report.authorizations["list"][0].uses.int == 1)
            #expect(report.authorizations["list"][0].clientRequestID.string == "r1")
            #expect(report.neverFilled.list.isEmpty)
            #expect(report.copies[0].polls.int == 0)
            #expect(report.calls.east.authorize.int == 1)
            #expect(report.calls.west.copy.int == 1)
        }
    }

    @Test("calls are told in the order of their arrival, and from a number on")
    func calls() async throws {
        try await TestAzure.run { azure in
            let grant = try await azure.authorize(id: "r1")
            azure.advance(2)
            _ = try await azure.copy(grant.order(), id: "r1")
            let all: Look = try await azure.admin("GET", "/calls").decoded()
            #expect(all.calls.list.map(\.call.string) == ["authorize", "copy"])
            #expect(all.calls.list.map(\.resource.string) == ["east", "west"])
            #expect(all.calls.list.map(\.clientRequestID.string) == ["r1", "r1"])
            #expect(all.calls[0].at.string == "2026-11-21T10:00:00.1234567Z")
            #expect(all.calls[1].at.string == "2026-11-21T10:00:02.1234567Z")
            #expect(all.next.int == 2)
            let rest: Look = try await azure.admin("GET", "/calls?from=1").decoded()
            #expect(rest.calls.list.map(\.call.string) == ["copy"])
            let none: Look = try await azure.admin("GET", "/calls?from=2").decoded()
            #expect(none.calls.list.isEmpty)
            #expect(none.next.int == 2)
        }
    }

    @Test("gaps between polls are measured per copy, faults or not, until the end was answered")
    func gaps() async throws {
        try await TestAzure.run { azure in
            let (_, location) = try await azure.startCopy()
            let token = try await azure.export()
            let project: Look = try await azure.importProject(token).decoded()
            let path = "projects/\(try #require(project.id.string))"
            for seconds in [1.0, 1.1, 0.5, 2.0] {
                _ = try await azure.poll(location)
                _ = try await azure.vision("GET", "east", path)
                azure.advance(seconds)
            }
            _ = try await azure.admin("POST", "/faults", #"{"fault":"error500","count":2}"#)
            _ = try await azure.poll(location)
            _ = try await azure.vision("GET", "east", path)
            azure.advance(10)
            for _ in 0..<3 {
                _ = try await azure.poll(location)
                _ = try await azure.vision("GET", "east", path)
                azure.advance(1)
            }
            let report = try azure.report()
            for copy in report.copies.list {
                #expect(copy.polls.int == 6)
                #expect(copy.gapsMs.list.compactMap(\.number) == [1_000, 1_100, 500, 2_000, 10_000])
            }
            #expect(report.pollGaps.count.int == 10)
            #expect(report.pollGaps.min.number == 500)
            #expect(report.pollGaps.p50.number == 1_100)
            #expect(report.pollGaps.max.number == 10_000)
            #expect(report.pollGaps.withinShare.number == 0.4)
            #expect(report.lateCalls.pollsAfterEnd.int == 2)
            let brief: Look = try await azure.admin("GET", "/report?gaps=false").decoded()
            #expect(brief.copies[0].gapsMs.isNull)
            #expect(brief.copies[0].polls.int == 6)
        }
    }

    @Test("headers that were received can be searched")
    func headers() async throws {
        try await TestAzure.run { azure in
            let url = "\(azure.endpoint("west"))/formrecognizer/v2.1/custom/models?op=summary"
            let canary = ["Ocp-Apim-Subscription-Key": "canary-key"]
            _ = try await azure.call("GET", url, headers: canary)
            for path in [
                "/report/headers?header=Ocp-Apim-Subscription-Key", "/requests?header=ocp-apim-subscription-key",
            ] {
                let found: Look = try await azure.admin("GET", path).decoded()
                #expect(found.west["ocp-apim-subscription-key"].values["canary-key"].int == 1)
                #expect(found.west.names == ["ocp-apim-subscription-key"])
            }
        }
    }

    @Test("many copies at once are all accounted for")
    func many() async throws {
        try await TestAzure.run { azure in
            let locations = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<100 {
                    group.addTask { try await azure.startCopy(id: "r\(number)").location }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(locations).count == 100)
            #expect(try azure.report().neverFilled.list.count == 100)
            azure.advance(11)
            let report = try azure.report()
            #expect(report.finishedTargets.list.count == 100)
            #expect(Set(report.finishedTargets.list.map(\.target.string)).count == 100)
            #expect(report.finishedPerRequest.names.count == 100)
            #expect(report.authorizations.used.int == 100)
            #expect(report.authorizations.reused.int == 0)
            #expect(report.neverFilled.list.isEmpty)
            #expect(try await azure.poll(locations[0]).decoded(Look.self).status.string == "succeeded")
        }
    }

    @Test("after a reset only what is under way is remembered")
    func reset() async throws {
        try await TestAzure.run { azure in
            let (_, first) = try await azure.startCopy(id: "r1")
            azure.advance(11)
            _ = try await azure.poll(first)
            let (_, second) = try await azure.startCopy(id: "r2")
            _ = try await azure.poll(second)
            #expect(try await azure.admin("POST", "/reset-statistics").status == 200)
            #expect(try azure.report().copies.list.map(\.clientRequestID.string) == ["r2"])
            #expect(try azure.report().copies[0].polls.int == 0)
            #expect(try azure.report().calls.names.isEmpty)
            azure.advance(11)
            #expect(try azure.report().finishedPerRequest.names == ["r2"])
        }
    }

    @Test("projects are listed by resource with the request that made them")
    func projects() async throws {
        try await TestAzure.run { azure in
            _ = try await azure.importProject(azure.export(), name: "mine", id: "r1")
            let projects = try azure.report().projects
            #expect(projects.west.list.map(\.name.string) == ["Busy", "Pets"])
            #expect(projects.east.list.map(\.name.string) == ["mine"])
            #expect(projects.east[0].clientRequestID.string == "r1")
            #expect(projects.east[0].status.string == "Importing")
        }
    }
}
