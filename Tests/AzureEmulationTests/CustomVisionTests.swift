import AzureEmulation
import EmulationSupport
import Testing

/// Held against `cv-v3.4-preview*` of the recordings: statuses, header names, members and their order.
@Suite("Custom Vision", .timeLimit(.minutes(2)))
struct CustomVisionTests {
    static let serviceHeaders = [
        "apim-request-id", "content-length", "content-type", "date", "request-id", "strict-transport-security",
        "x-content-type-options",
    ]

    static let projectMembers = [
        "id", "name", "description", "settings", "domainId", "classificationType", "targetExportPlatforms",
        "useNegativeSet", "detectionParameters", "imageProcessingSettings", "augmentationMethods", "rotation",
        "scaling", "translation", "horizontal flip", "equalize", "solarize", "padtosquare", "created",
        "lastModified", "thumbnailUri", "drModeEnabled", "status",
    ]

    @Test(
        "an export answers counts and a token that is a signed URL for 24 hours",
        arguments: ["v3.3", "v3.4-preview"]
    )
    func export(version: String) async throws {
        try await TestAzure.run { azure in
            let path = "projects/\(TestAzure.project)/export"
            let reply = try await azure.vision("GET", "west", path, version: version)
            #expect(reply.status == 200)
            #expect(reply.headerNames == Self.serviceHeaders)
            #expect(reply["request-id"] == reply["apim-request-id"])
            #expect(
                reply.memberNames
                    == ["iterationCount", "imageCount", "tagCount", "regionCount", "estimatedImportTimeInMS", "token"]
            )
            let body: Look = try reply.decoded()
            #expect(body.imageCount.int == 10)
            #expect(body.tagCount.int == 4)
            let token = try #require(body.token.string)
            let form =
                /https:\/\/irisprodwestus2training\.blob\.core\.windows\.net\/prjexp-0901d86bf22743e09630d172ccfd41e5\/project-export-info\?sv=2017-04-17&sr=b&sig=[A-Za-z0-9%]+%3D&se=2026-11-22T10%3A00%3A00Z&sp=r/
            #expect(token.wholeMatch(of: form) != nil)
        }
    }

    @Test("an import makes a project that is Importing and then has everything with new ids")
    func importing() async throws {
        try await TestAzure.run { azure in
            let token = try await azure.export()
            let reply = try await azure.importProject(token, name: "copy of Pets", id: "r1")
            #expect(reply.status == 200)
            #expect(reply.headerNames == Self.serviceHeaders)
            #expect(reply.memberNames == Self.projectMembers)
            let project: Look = try reply.decoded()
            let id = try #require(project.id.string)
            #expect(project.name.string == "copy of Pets")
            #expect(project.description.string == "Cats and dogs")
            #expect(project.status.string == "Importing")
            #expect(project.created.string == "2026-11-21T10:00:00.123Z")
            #expect(project.lastModified.string == project.created.string)
            #expect(project.thumbnailUri.isNull)
            #expect(try await azure.vision("GET", "east", "projects/\(id)/images/tagged/count").text == "0")

            azure.advance(11)
            let done: Look = try await azure.vision("GET", "east", "projects/\(id)").decoded()
            #expect(done.status.string == "Succeeded")
            #expect(done.lastModified.string == "2026-11-21T10:00:10.123Z")
            let again: Look = try await azure.vision("GET", "east", "projects/\(id)").decoded()
            #expect(again.thumbnailUri.string != done.thumbnailUri.string)

            #expect(try await azure.vision("GET", "east", "projects/\(id)/images/tagged/count").text == "10")
            #expect(try await azure.vision("GET", "east", "projects/\(id)/images/untagged/count").text == "0")
            let tags = try await azure.vision("GET", "east", "projects/\(id)/tags")
            #expect(tags.memberNames.prefix(5) == ["id", "name", "description", "type", "imageCount"])
            let oldTags: Look = try await azure.vision("GET", "west", "projects/\(TestAzure.project)/tags").decoded()
            let newTags: Look = try tags.decoded()
            #expect(newTags.list.map(\.name.string) == oldTags.list.map(\.name.string))
            #expect(newTags.list.map(\.imageCount.int) == [5, 5])
            #expect(newTags[0].id.string != oldTags[0].id.string)
            let iterations = try await azure.vision("GET", "east", "projects/\(id)/iterations")
            #expect(
                iterations.memberNames == [
                    "id", "name", "status", "created", "lastModified", "trainedAt", "projectId", "exportable",
                    "exportableTo", "domainId", "classificationType", "trainingType", "reservedBudgetInHours",
                    "trainingTimeInMinutes", "publishName", "originalPublishResourceId", "customBaseModelInfo",
                    "trainingErrorDetails",
                ]
            )
            #expect(try iterations.decoded(Look.self)[0].publishName.isNull)
            let finished = try azure.report().finishedTargets
            #expect(finished.list.map(\.target.string) == ["east/\(id)"])
            #expect(finished[0].clientRequestID.string == "r1")
            #expect(finished[0].source.string == "west/\(TestAzure.project)")
        }
    }

    @Test("each import makes another project: nameless ones are numbered, a name may come twice")
    func names() async throws {
        try await TestAzure.run { azure in
            let token = try await azure.export()
            var names: [String?] = []
            for name in [nil, nil, "same", "same"] {
                azure.advance(1)
                names.append(try await azure.importProject(token, name: name).decoded(Look.self).name.string)
            }
            #expect(names == ["Pets (1)", "Pets (2)", "same", "same"])
            let list: Look = try await azure.vision("GET", "east", "projects").decoded()
            #expect(list.list.map(\.name.string) == ["same", "same", "Pets (2)", "Pets (1)"])
        }
    }

    @Test("a resource can refuse names that are taken and more projects than its limit")
    func refusals() async throws {
        var east = TestAzure.east
        east.quirks.refuseDuplicateNames = true
        east.limits.projects = 2
        try await TestAzure.run(east: east) { azure in
            let token = try await azure.export()
            #expect(try await azure.importProject(token, name: "a").status == 200)
            let taken = try await azure.importProject(token, name: "a")
            #expect(taken.status == 400)
            #expect(taken.memberNames == ["code", "message"])
            #expect(try taken.decoded(Look.self).code.string == "BadRequestProjectNameNotUnique")
            #expect(try await azure.importProject(token, name: "b").status == 200)
            let full = try await azure.importProject(token, name: "c")
            #expect(full.status == 400)
            #expect(try full.decoded(Look.self).code.string == "BadRequestExceedProjectLimit")
        }
    }

    @Test(
        "a token that is not encoded as a whole is invalid",
        arguments: ["not at all", "without its percents", "of nobody"]
    )
    func carelessTokens(how: String) async throws {
        try await TestAzure.run { azure in
            let token = try await azure.export()
            let sent =
                switch how {
                case "not at all": token
                case "without its percents": TestAzure.encoded(token).replacing("%25", with: "%")
                default: TestAzure.encoded(token.replacing("prjexp-", with: "prjexp-0"))
                }
            let refused = try await azure.vision("POST", "east", "projects/import?token=\(sent)&name=x")
            #expect(refused.status == 400)
            #expect(try refused.decoded(Look.self).code.string == "BadRequestInvalidImportToken")
            #expect(try azure.report().projects.east.list.isEmpty)
        }
    }

    @Test("a token is good for 24 hours, as often as one likes")
    func expiry() async throws {
        try await TestAzure.run { azure in
            let token = try await azure.export()
            azure.advance(86_399)
            #expect(try await azure.importProject(token).status == 200)
            #expect(try await azure.importProject(token).status == 200)
            azure.advance(2)
            #expect(
                try await azure.importProject(token).decoded(Look.self).code.string == "BadRequestInvalidImportToken"
            )
        }
    }

    @Test("an import can fail after a long time, with fewer images than its source")
    func lateFailure() async throws {
        try await TestAzure.run { azure in
            azure.azure.add(FaultRule(.importFails, seconds: 4_158))
            let project: Look = try await azure.importProject(azure.export()).decoded()
            let path = "projects/\(try #require(project.id.string))"
            azure.advance(4_157)
            #expect(try await azure.vision("GET", "east", path).decoded(Look.self).status.string == "Importing")
            azure.advance(2)
            #expect(try await azure.vision("GET", "east", path).decoded(Look.self).status.string == "Failed")
            for (count, number) in [
                ("images/count", "5"), ("images/tagged/count", "5"), ("images/untagged/count", "0"),
            ] {
                #expect(try await azure.vision("GET", "east", "\(path)/\(count)").text == number)
            }
            #expect(try await azure.vision("GET", "west", "projects/\(TestAzure.project)/images/count").text == "10")
        }
    }

    @Test("a project in training or unfinished cannot be exported")
    func exportRefused() async throws {
        try await TestAzure.run { azure in
            let busy = try await azure.vision("GET", "west", "projects/\(TestAzure.busyProject)/export")
            #expect(busy.status == 400)
            #expect(try busy.decoded(Look.self).code.string == "BadRequestExportWhileTraining")
            let unknown = try await azure.vision("GET", "west", "projects/00000000-0000-0000-0000-000000000000/export")
            #expect(unknown.status == 404)
            #expect(try unknown.decoded(Look.self).code.string == "NotFoundProject")
        }
    }

    @Test("a project can be renamed, and deleted while it is imported it stays deleted")
    func renamedAndDeleted() async throws {
        try await TestAzure.run { azure in
            let token = try await azure.export()
            let made: Look = try await azure.importProject(token, name: "temporary").decoded()
            let path = "projects/\(try #require(made.id.string))"
            let renamed = try await azure.vision("PATCH", "east", path, body: #"{"name":"final","description":"d"}"#)
            #expect(renamed.status == 200)
            #expect(renamed.memberNames == Self.projectMembers)
            let shown: Look = try await azure.vision("GET", "east", path).decoded()
            #expect(shown.name.string == "final")
            #expect(shown.description.string == "d")
            #expect(try await azure.vision("PATCH", "east", path, body: "nonsense").status == 400)
            #expect(try await azure.vision("DELETE", "east", path).status == 204)
            azure.advance(11)
            #expect(try await azure.vision("GET", "east", path).status == 404)
            #expect(try await azure.vision("DELETE", "east", path).status == 404)
            let report = try azure.report()
            #expect(report.finishedTargets.list.isEmpty)
            #expect(report.copies[0].status.string == "failed")
        }
    }
}
