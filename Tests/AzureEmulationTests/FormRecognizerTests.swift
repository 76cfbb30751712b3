import AzureEmulation
import EmulationSupport
import Testing

/// Held against `fr-v2*` of the recordings: statuses, header names, members and their order.
@Suite("Form Recognizer v2", .timeLimit(.minutes(2)))
struct FormRecognizerTests {
    static let serviceHeaders = [
        "apim-request-id", "content-length", "content-type", "date", "strict-transport-security",
        "x-content-type-options", "x-envoy-upstream-service-time",
    ]

    @Test("an authorization makes a visible empty model and answers as in fr-v2.1_copy_success_js")
    func authorization() async throws {
        try await TestAzure.run { azure in
            let reply = try await azure.recognizer("POST", "east", "v2.1/custom/models/copyAuthorization", id: "r1")
            #expect(reply.status == 201)
            #expect(reply.headerNames == (Self.serviceHeaders + ["location"]).sorted())
            #expect(reply["content-type"] == "application/json; charset=utf-8")
            #expect(reply["content-length"] == "140")
            #expect(reply.memberNames == ["modelId", "accessToken", "expirationDateTimeTicks"])
            let body: Look = try reply.decoded()
            let id = try #require(body.modelId.string)
            #expect(reply["location"] == "\(azure.endpoint("east"))/formrecognizer/v2.1/custom/models/\(id)")
            #expect(body.expirationDateTimeTicks.int == 1_795_255_200 + 86_400)

            let model = try await azure.recognizer("GET", "east", "v2.1/custom/models/\(id)")
            #expect(model.memberNames == ["modelInfo", "modelId", "status", "createdDateTime", "lastUpdatedDateTime"])
            #expect(try model.decoded(Look.self).modelInfo.status.string == "creating")
            #expect(try model.decoded(Look.self).modelInfo.createdDateTime.string == "2026-11-21T10:00:00Z")
            let list: Look = try await azure.recognizer("GET", "east", "v2.1/custom/models?op=full").decoded()
            #expect(list.modelList.list.map(\.status.string) == ["creating"])
            #expect(try azure.report().neverFilled[0].clientRequestID.string == "r1")
        }
    }

    @Test("May 2020 counts expirations in .NET ticks, later versions in seconds")
    func ticks() async throws {
        try await TestAzure.run { azure async throws in
            #expect(try await azure.authorize("v2.0-preview").expiration == "639309384001234567")
            #expect(try await azure.authorize("v2.0").expiration == "1795341600")
        }
        var east = TestAzure.east
        east.quirks.ticks = true
        try await TestAzure.run(east: east) { azure async throws in
            #expect(try await azure.authorize("v2.1").expiration == "639309384001234567")
        }
    }

    @Test("a copy goes from notStarted to succeeded and leaves a model like its source")
    func success() async throws {
        try await TestAzure.run { azure in
            let grant = try await azure.authorize()
            let accepted = try await azure.copy(grant.order(), id: "r1")
            #expect(accepted.status == 202)
            #expect(accepted.text.isEmpty)
            #expect(
                accepted.headerNames
                    == (Self.serviceHeaders + ["operation-location"]).filter { $0 != "content-type" }.sorted()
            )
            let location = try #require(accepted["operation-location"])
            let prefix = "\(azure.endpoint("west"))/formrecognizer/v2.1/custom/models/\(TestAzure.source)/copyresults/"
            #expect(location.hasPrefix(prefix))

            let pending = try await azure.poll(location)
            #expect(pending.headerNames == Self.serviceHeaders)
            #expect(pending["content-length"] == "173")
            #expect(
                pending.text
                    == #"{"status":"notStarted","createdDateTime":"2026-11-21T10:00:00Z","lastUpdatedDateTime":"#
                    + #""2026-11-21T10:00:00Z","copyResult":{"modelId":"\#(grant.modelID)"}}"#
            )
            azure.advance(9.9)
            #expect(try await azure.poll(location).decoded(Look.self).status.string == "notStarted")
            azure.advance(0.2)
            let done = try await azure.poll(location.replacing("copyresults", with: "copyResults"))
            #expect(done["content-length"] == "188")
            #expect(
                done.text
                    == #"{"status":"succeeded","createdDateTime":"2026-11-21T10:00:10.1234567Z","lastUpdatedDateTime":"#
                    + #""2026-11-21T10:00:10.1234571Z","copyResult":{"modelId":"\#(grant.modelID)"}}"#
            )
            let source = try await azure.recognizer("GET", "west", "v2.1/custom/models/\(TestAzure.source)")
            let copy = try await azure.recognizer("GET", "east", "v2.1/custom/models/\(grant.modelID)")
            #expect(copy.text.replacing(grant.modelID, with: TestAzure.source) == source.text)
            #expect(try copy.decoded(Look.self).modelInfo.status.string == "ready")
            #expect(try copy.decoded(Look.self).modelInfo.modelName.string == "invoices")
        }
    }

    @Test("v2.0 and v2.0-preview send chunks, and the preview's success has an empty result")
    func preview() async throws {
        try await TestAzure.run { azure in
            let (grant, location) = try await azure.startCopy("v2.0-preview")
            let pending = try await azure.poll(location)
            #expect(pending["transfer-encoding"] == "chunked")
            #expect(pending["content-length"] == nil)
            #expect(try pending.decoded(Look.self).copyResult.modelId.string == grant.modelID)
            azure.advance(11)
            let done = try await azure.poll(location)
            #expect(done.text.hasSuffix(#""copyResult":{}}"#))
            let target = try await azure.recognizer("GET", "east", "v2.0-preview/custom/models/\(grant.modelID)")
            let info = try target.decoded(Look.self).modelInfo
            #expect(info.names == ["createdDateTime", "lastUpdatedDateTime", "modelId", "status"])
        }
    }

    @Test(
        "a wrong region is accepted and fails in the poll as its year tells it",
        arguments: [
            ("v2.0-preview", "AuthorizationError", "x-ms-cs-error-code"),
            ("v2.0", "AuthorizationError", "x-ms-cs-error-code"),
            ("v2.1-preview.1", "AuthorizationError", "x-ms-cs-error-code"),
            ("v2.1", "2024", "ms-azure-ai-errorcode"),
        ]
    )
    func wrongRegion(version: String, code: String, header: String) async throws {
        try await TestAzure.run { azure in
            let grant = try await azure.authorize(version)
            let accepted = try await azure.copy(grant.order(region: "northeurope"), version)
            #expect(accepted.status == 202)
            let location = try #require(accepted["operation-location"])
            var seen: [String] = []
            for _ in 0..<11 {
                seen.append(try await azure.poll(location).decoded(Look.self).status.string ?? "")
                azure.advance(1)
            }
            #expect(seen == Array(repeating: "notStarted", count: 8) + ["running", "running", "failed"])
            let failed = try await azure.poll(location)
            #expect(failed.status == 200)
            #expect(failed[header] == code)
            let error = try failed.decoded(Look.self).copyResult.errors[0]
            #expect(error.code.string == code)
            if code == "2024" {
                let arm = try #require(TestAzure.east.armId)
                #expect(
                    error.message.string
                        == "Could not fetch information for Cognitive resource with Id '\(arm)'. Ensure the resource is valid and exists in the specified region 'northeurope'.."
                )
                #expect(error.innerError.requestId.string == failed["apim-request-id"])
            } else {
                #expect(error.message.string?.hasPrefix("Could not retrieve authorization metadata.") == true)
                #expect(error.innerError.isNull)
            }
            #expect(
                failed.memberNames.prefix(6)
                    == ["status", "createdDateTime", "lastUpdatedDateTime", "copyResult", "modelId", "errors"]
            )
            #expect(try azure.report().finishedTargets.list.isEmpty)
            #expect(try azure.report().neverFilled.list.count == 1)
        }
    }

    @Test("an authorization is good for one try, also when that try failed")
    func singleUse() async throws {
        try await TestAzure.run { azure in
            let grant = try await azure.authorize()
            for region in ["northeurope", "eastus"] {
                let accepted = try await azure.copy(grant.order(region: region))
                #expect(accepted.status == 202)
                azure.advance(11)
                let poll = try await azure.poll(#require(accepted["operation-location"]))
                #expect(try poll.decoded(Look.self).status.string == "failed")
            }
            let authorizations = try azure.report().authorizations
            #expect(authorizations.issued.int == 1)
            #expect(authorizations.used.int == 1)
            #expect(authorizations.reused.int == 1)
        }
    }

    @Test(
        "a malformed or altered order is refused with 1002 and does not use the authorization up",
        arguments: ["armId", "region", "ticks", "json", "empty"]
    )
    func refusedOrders(what: String) async throws {
        try await TestAzure.run { azure in
            let grant = try await azure.authorize()
            let (order, message): (String, String?) =
                switch what {
                case "armId":
                    (
                        grant.order(armId: "east"),
                        "Copy request is invalid. Field 'TargetResourceId' must be a valid Azure Resource ID."
                    )
                case "region":
                    (
                        grant.order(region: "RESOURCE_REGION"),
                        "Copy request is invalid. Field 'TargetResourceRegion' must be a valid Azure region name."
                    )
                case "ticks": (grant.order(expiration: "1"), nil)
                case "json": ("{", nil)
                default: ("", nil)
                }
            let refused = try await azure.copy(order)
            #expect(refused.status == 400)
            #expect(refused.memberNames == ["error", "code", "message"])
            let error = try refused.decoded(Look.self).error
            #expect(error.code.string == "1002")
            if let message { #expect(error.message.string == message) }

            let accepted = try await azure.copy(grant.order(region: "EASTUS"))
            azure.advance(11)
            let poll = try await azure.poll(#require(accepted["operation-location"]))
            #expect(try poll.decoded(Look.self).status.string == "succeeded")
        }
    }

    @Test("an authorization is good for 24 hours")
    func expiry() async throws {
        try await TestAzure.run { azure in
            let grant = try await azure.authorize()
            azure.advance(86_399)
            #expect(try await azure.copy(grant.order(armId: "x")).status == 400)
            azure.advance(2)
            let late = try await azure.copy(grant.order())
            #expect(late.status == 400)
            #expect(try late.decoded(Look.self).error.code.string == "1002")
            #expect(try azure.report().lateCalls.expiredAuthorizations.int == 1)
        }
    }

    @Test("an unknown source is 500 with 1999")
    func unknownSource() async throws {
        try await TestAzure.run { azure in
            let grant = try await azure.authorize()
            let reply = try await azure.copy(grant.order(), from: "00000000-0000-0000-0000-000000000000")
            #expect(reply.status == 500)
            #expect(
                reply.text
                    == #"{"error":{"code":"1999","message":"An error occurred during model copy. Retry the operation or contact service administrator if the issue persists."}}"#
            )
        }
    }

    @Test("a target that is deleted while the copy runs stays deleted and the copy fails")
    func deletedTarget() async throws {
        try await TestAzure.run { azure in
            let (grant, location) = try await azure.startCopy()
            let path = "v2.1/custom/models/\(grant.modelID)"
            let deleted = try await azure.recognizer("DELETE", "east", path)
            #expect(deleted.status == 204)
            #expect(deleted.text.isEmpty)
            azure.advance(11)
            #expect(try await azure.poll(location).decoded(Look.self).status.string == "failed")
            let gone = try await azure.recognizer("GET", "east", path)
            #expect(gone.status == 404)
            #expect(gone.text == #"{"error":{"code":"1022","message":"Model with 'id=\#(grant.modelID)' not found."}}"#)
            #expect(try await azure.recognizer("DELETE", "east", path).status == 404)
            #expect(try azure.report().finishedTargets.list.isEmpty)
        }
    }

    @Test("the source may be deleted once the copy has begun")
    func deletedSource() async throws {
        try await TestAzure.run { azure in
            let (grant, location) = try await azure.startCopy()
            #expect(
                try await azure.recognizer("DELETE", "west", "v2.1/custom/models/\(TestAzure.source)").status == 204
            )
            azure.advance(11)
            #expect(try await azure.poll(location).decoded(Look.self).status.string == "succeeded")
            let target: Look = try await azure.recognizer("GET", "east", "v2.1/custom/models/\(grant.modelID)")
                .decoded()
            #expect(target.modelInfo.status.string == "ready")
        }
    }

    @Test("a success can have an empty result, and an error no inner one")
    func quirks() async throws {
        var west = TestAzure.west
        west.quirks.emptyCopyResult = true
        west.quirks.plainCopyErrors = true
        try await TestAzure.run(west: west) { azure async throws in
            let (grant, location) = try await azure.startCopy()
            let again = try #require(try await azure.copy(grant.order())["Operation-Location"])
            azure.advance(11)
            let done = try await azure.poll(location).text
            #expect(done.hasSuffix(#""copyResult":{}}"#))
            let failed: Look = try await azure.poll(again).decoded()
            #expect(failed.copyResult.errors[0].names == ["code", "message"])
        }
    }

    @Test("a wrong method is 405 and a body that is no JSON 415")
    func refusals() async throws {
        try await TestAzure.run { azure async throws in
            #expect(try await azure.recognizer("PUT", "west", "v2.1/custom/models/\(TestAzure.source)").status == 405)
            #expect(
                try await azure.recognizer("GET", "west", "v2.1/custom/models/\(TestAzure.source)/copy").status == 405
            )
            let url = "\(azure.endpoint("west"))/formrecognizer/v2.1/custom/models/\(TestAzure.source)/copy"
            let headers = ["Ocp-Apim-Subscription-Key": "west-key", "Content-Type": "text/plain"]
            let order = try await azure.authorize().order()
            #expect(try await azure.call("POST", url, headers: headers, body: order).status == 415)
            #expect(azure.azure.copies.isEmpty)
        }
    }

    @Test("unlabelled models show their keys on demand and no accuracy")
    func keys() async throws {
        try await TestAzure.run { azure in
            let path = "v2.1/custom/models/\(TestAzure.unlabelled)"
            let plain: Look = try await azure.recognizer("GET", "west", path).decoded()
            #expect(plain.names == ["modelInfo", "trainResult"])
            let keys: Look = try await azure.recognizer("GET", "west", path + "?includeKeys=true").decoded()
            #expect(keys.names == ["keys", "modelInfo", "trainResult"])
            #expect(keys.trainResult.names == ["errors", "trainingDocuments"])
        }
    }

    @Test("paths know no letter case, and Operation-Location can name another version")
    func drift() async throws {
        var west = TestAzure.west
        west.quirks.versionDrift = ["v2.1-preview.2": "v2.1-preview.1"]
        try await TestAzure.run(west: west) { azure in
            let grant = try await azure.authorize("V2.1")
            let shouting =
                "\(azure.endpoint("west"))/FormRecognizer/V2.1-PREVIEW.2/Custom/MODELS/\(TestAzure.source)/COPY"
            let headers = ["ocp-apim-subscription-key": "west-key-2", "content-type": "application/json"]
            let accepted = try await azure.call("POST", shouting, headers: headers, body: grant.order())
            #expect(accepted.status == 202)
            let location = try #require(accepted["operation-location"])
            #expect(location.contains("/formrecognizer/v2.1-preview.1/custom/models/"))
            #expect(try await azure.poll(location).status == 200)
        }
    }

    @Test("the model list comes in pages of 30 whose borders repeat an item")
    func paging() async throws {
        var west = TestAzure.west
        west.models = .generated(70)
        try await TestAzure.run(west: west) { azure in
            let first = try await azure.recognizer("GET", "west", "v2.1/custom/models?op=full")
            var page: Look = try first.decoded()
            #expect(page.modelList.list.count == 30)
            let link = try #require(page.nextLink.string)
            #expect(link.contains("/formrecognizer/v2.1/custom/models?nextLink=2!236!"))
            let without = try await azure.poll(link)
            #expect(without.status == 400)

            var ids = page.modelList.list.compactMap(\.modelId.string)
            for count in [31, 11] {
                let next = try #require(page.nextLink.string)
                page = try await azure.poll(next + "&op=full").decoded()
                let items = page.modelList.list.compactMap(\.modelId.string)
                #expect(items.count == count)
                #expect(items.first == ids.last)
                ids += items.dropFirst()
            }
            #expect(page.nextLink.isNull)
            #expect(ids.count == 70)
            #expect(ids == ids.sorted())
        }
    }

    @Test("the summary counts empty models too, and a full resource authorizes no more")
    func summaryAndLimit() async throws {
        var east = TestAzure.east
        east.limits.models = 1
        try await TestAzure.run(east: east) { azure in
            _ = try await azure.authorize()
            let summary = try await azure.recognizer("GET", "east", "v2.1/custom/models?op=summary")
            #expect(
                summary.text
                    == #"{"summary":{"count":1,"limit":1,"lastUpdatedDateTime":"2026-11-21T10:00:00Z"}}"#
            )
            let full = try await azure.recognizer("POST", "east", "v2.1/custom/models/copyAuthorization")
            #expect(full.status == 400)
        }
    }
}
