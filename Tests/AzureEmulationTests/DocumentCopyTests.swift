import AzureEmulation
import EmulationSupport
import Testing

@Suite("Document Intelligence: copies", .timeLimit(.minutes(2)))
struct DocumentCopyTests {
    typealias API = TestAzure.DocumentAPI

    static let sentHeaders = [
        "apim-request-id", "content-type", "date", "strict-transport-security", "transfer-encoding",
        "x-content-type-options", "x-envoy-upstream-service-time",
    ]

    @Test("an authorization answers with all six members and reserves the id unseen", arguments: API.all)
    func authorize(api: API) async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            let reply = try await azure.documents(
                "POST",
                "east",
                "documentModels:authorizeCopy",
                api,
                body: #"{"modelId":"copied"}"#
            )
            #expect(reply.status == 200)
            #expect(reply.headerNames == Self.sentHeaders)
            #expect(reply["content-type"] == "application/json; charset=utf-8")
            #expect(
                reply.memberNames == [
                    "targetResourceId", "targetResourceRegion", "targetModelId", "targetModelLocation", "accessToken",
                    "expirationDateTime",
                ]
            )
            let body: Look = try reply.decoded()
            #expect(body.targetResourceId.string == TestAzure.east.armId)
            #expect(body.targetResourceRegion.string == "eastus")
            #expect(body.accessToken.string?.utf8.count == 36)
            #expect(body.expirationDateTime.string == "2026-11-21T11:00:00Z")
            #expect(
                body.targetModelLocation.string
                    == "https://east.emulated/\(api.base)/documentModels/copied?api-version=\(api.version)"
            )
            #expect(try await azure.documents("GET", "east", "documentModels/copied", api).status == 404)
            #expect(!(try await azure.documents("GET", "east", "documentModels", api).text.contains("copied")))
            #expect(try azure.report().reservations[0].id.string == "copied")
        }
    }

    @Test("the second authorization of an id is 409, in the spelling of the resource", arguments: [false, true])
    func conflict(isCamelCase: Bool) async throws {
        var east = TestAzure.east
        east.quirks.camelCaseInnerError = isCamelCase
        try await TestAzure.run(west: TestAzure.documentWest, east: east) { azure in
            _ = try await azure.authorizeDocument("copied")
            let again = try await azure.documents(
                "POST",
                "east",
                "documentModels:authorizeCopy",
                body: #"{"modelId":"copied"}"#
            )
            #expect(again.status == 409)
            #expect(again["content-type"] == "application/json")
            let inner = isCamelCase ? "innerError" : "innererror"
            #expect(
                again.text
                    == #"{"error":{"code":"Conflict","message":"The request could not be completed due to a conflict with the current state of the target resource.","\#(inner)":{"code":"ModelExists","message":"A model with the provided name already exists."}}}"#
            )
        }
    }

    @Test("a copy ends in a model like its source, with dates and names as its version has them", arguments: API.all)
    func copy(api: API) async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            let grant = try await azure.authorizeDocument(
                "copied",
                api,
                members: #","description":"mine","tags":{"a":"1"}"#
            )
            let accepted = try await azure.documents("POST", "west", "documentModels/invoices:copyTo", api, body: grant)
            #expect(accepted.status == 202)
            #expect(accepted.text.isEmpty)
            #expect(accepted["content-length"] == "0")
            #expect(accepted["retry-after"] == nil)
            let location = try #require(accepted["operation-location"])
            let requestID = try #require(accepted["apim-request-id"])
            // 33166368000 - 1795255200
            let prefix = "https://west.emulated/\(api.base)/operations/31371112800_\(requestID)"
            #expect(location == "\(prefix)?api-version=\(api.version)")

            let pending: Look = try await azure.poll(location).decoded()
            #expect(pending.status.string == (api.version == "2022-08-31" ? "running" : "notStarted"))
            #expect(pending.kind.string == "documentModelCopyTo")
            #expect(pending.percentCompleted.isNull)
            azure.advance(9)
            #expect(try await azure.poll(location).decoded(Look.self).status.string == "running")
            azure.advance(1)
            let done: Look = try await azure.poll(location).decoded()
            #expect(done.status.string == "succeeded")
            #expect(done.percentCompleted.int == 100)
            #expect(done.apiVersion.string == (api.version == "2024-11-30" ? "2024-11-30" : nil))
            #expect(done.lastUpdatedDateTime.string == "2026-11-21T10:00:10Z")

            let source: Look = try await azure.documents("GET", "west", "documentModels/invoices", api).decoded()
            let copy: Look = try await azure.documents("GET", "east", "documentModels/copied", api).decoded()
            #expect(done.result.modelId.string == "copied")
            #expect(copy.description.string == "mine")
            #expect(copy.tags.a.string == "1")
            #expect(copy.tags.names == ["a"])
            let isNew = api.version == "2024-11-30"
            #expect(copy.docTypes.names == [isNew ? "copied" : "invoices"])
            #expect(copy.createdDateTime.string == (isNew ? "2026-11-21T10:00:00Z" : source.createdDateTime.string))
            #expect(copy.modifiedDateTime.string == source.modifiedDateTime.string)
            #expect(copy.modifiedDateTime.isNull == !isNew)
            #expect(copy.expirationDateTime.string == source.expirationDateTime.string)
            #expect(copy.expirationDateTime.isNull == (api.version == "2022-08-31"))

            let report = try azure.report()
            #expect(report.finishedTargets[0].target.string == "east/copied")
            #expect(report.finishedTargets[0].source.string == "west/invoices")
            #expect(report.authorizations.used.int == 1)
            #expect(report.copies[0].polls.int == 3)
            #expect(report.reservations.list.isEmpty)
        }
    }

    @Test("v4 indents an operation and states its length, v3 sends chunks")
    func shapes() async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            let location = try await azure.startDocument()
            let new = try await azure.poll(location)
            #expect(new["content-type"] == "application/json")
            #expect(new["content-length"] == String(new.text.utf8.count))
            #expect(new.text.hasPrefix("{\n  \"operationId\": \""))
            #expect(new.text.hasSuffix("\n}"))
            azure.advance(11)
            let done = try await azure.poll(location)
            #expect(
                done.memberNames.prefix(9) == [
                    "operationId", "kind", "status", "createdDateTime", "lastUpdatedDateTime", "resourceLocation",
                    "percentCompleted", "result", "docTypes",
                ]
            )
            #expect(
                done.memberNames.suffix(6) == [
                    "modelId", "createdDateTime", "modifiedDateTime", "expirationDateTime", "apiVersion", "apiVersion",
                ]
            )
            let old = try await azure.poll(try await azure.startDocument(into: "older", .v3_1))
            #expect(old["content-type"] == "application/json; charset=utf-8")
            #expect(old["transfer-encoding"] == "chunked")
            #expect(old.text.hasPrefix("{\"operationId\":\""))
        }
    }

    @Test("an id that a model has is taken, until the model is deleted")
    func taken() async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure async throws in
            _ = try await azure.startDocument()
            azure.advance(11)
            let body = #"{"modelId":"copied"}"#
            #expect(try await azure.documents("POST", "east", "documentModels:authorizeCopy", body: body).status == 409)
            #expect(try await azure.documents("DELETE", "east", "documentModels/copied").status == 204)
            #expect(try await azure.documents("DELETE", "east", "documentModels/copied").status == 404)
            #expect(try await azure.documents("GET", "east", "documentModels/copied").status == 404)
            #expect(try await azure.documents("POST", "east", "documentModels:authorizeCopy", body: body).status == 200)
        }
    }

    @Test("a model's authorization is none for a classifier")
    func kinds() async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure async throws in
            let grant = try await azure.authorizeDocument("copied")
                .replacing("targetModelId", with: "targetClassifierId")
                .replacing("targetModelLocation", with: "targetClassifierLocation")
            let path = "documentClassifiers/sorter:copyTo"
            #expect(try await azure.documents("POST", "west", path, body: grant).status == 403)
        }
    }

    @Test("names of several document types stay what they are")
    func composed() async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            _ = try await azure.startDocument("composed")
            azure.advance(11)
            let copy: Look = try await azure.documents("GET", "east", "documentModels/copied").decoded()
            #expect(copy.docTypes.names == ["boats", "cars"])
            #expect(copy.expirationDateTime.string == "2027-01-02T03:04:05Z")
        }
    }

    @Test("a classifier is copied without its tags")
    func classifier() async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            let location = try await azure.startDocument("sorter", into: "sorted", classifier: true)
            azure.advance(11)
            let done: Look = try await azure.poll(location).decoded()
            #expect(done.kind.string == "documentClassifierCopyTo")
            #expect(done.result.classifierId.string == "sorted")
            let copy: Look = try await azure.documents("GET", "east", "documentClassifiers/sorted").decoded()
            #expect(copy.docTypes.names == ["boats", "cars"])
            #expect(copy.expirationDateTime.string != nil)
            #expect(copy.tags.isNull)
            #expect(try azure.report().finishedTargets[0].kind.string == "document-classifier")
            let list: Look = try await azure.documents("GET", "east", "documentClassifiers").decoded()
            #expect(list.value.list.map(\.classifierId.string) == ["sorted"])
            #expect(try await azure.documents("DELETE", "east", "documentClassifiers/sorted").status == 204)
            let gone = try await azure.documents("GET", "east", "documentClassifiers/sorted")
            #expect(gone.text.contains(#""innererror":{"code":"ModelNotFound""#))
        }
    }

    @Test("classifiers can be looked at and deleted since 2023-07-31, and copied since 2024-11-30")
    func classifierVersions() async throws {
        var west = TestAzure.documentWest
        west.documentClassifiers = .listed([
            DocumentSeed(id: "older", apiVersion: "2023-07-31", docTypes: ["cars"]),
            DocumentSeed(id: "sorter", apiVersion: "2024-11-30"),
        ])
        try await TestAzure.run(west: west) { azure in
            #expect(try await azure.documents("GET", "west", "documentClassifiers", .v3_0).status == 404)
            #expect(try await azure.documents("GET", "west", "documentClassifiers/older", .v3_0).status == 404)
            let list: Look = try await azure.documents("GET", "west", "documentClassifiers", .v3_1).decoded()
            #expect(list.value.list.map(\.classifierId.string) == ["older"])
            #expect(list.value.list.first?.docTypes.names == ["cars"])
            #expect(try await azure.documents("GET", "west", "documentClassifiers/sorter", .v3_1).status == 404)
            let body = #"{"classifierId":"copied"}"#
            let refused = try await azure.documents(
                "POST",
                "east",
                "documentClassifiers:authorizeCopy",
                .v3_1,
                body: body
            )
            #expect(refused.status == 404)
            let deleted = try await azure.documents("DELETE", "west", "documentClassifiers/older", .v3_1)
            #expect(deleted.status == 204)
        }
    }

    @Test("an authorization is single-use: the second copy fails, or is refused", arguments: [false, true])
    func singleUse(isRefused: Bool) async throws {
        var west = TestAzure.documentWest
        west.quirks.refuseUsedAuthorizations = isRefused
        try await TestAzure.run(west: west) { azure in
            let grant = try await azure.authorizeDocument("copied")
            let first = try await azure.documents("POST", "west", "documentModels/invoices:copyTo", body: grant)
            #expect(first.status == 202)
            let second = try await azure.documents("POST", "west", "documentModels/invoices:copyTo", body: grant)
            azure.advance(11)
            if isRefused {
                #expect(second.status == 403)
                #expect(try second.decoded(Look.self).error.innererror.code.string == "AuthorizationFailed")
            } else {
                let failed = try await azure.poll(try #require(second["operation-location"]))
                #expect(failed.status == 200)
                let body: Look = try failed.decoded()
                #expect(body.status.string == "failed")
                #expect(body.error.message.string?.hasPrefix("Could not retrieve authorization metadata.") == true)
            }
            #expect(try azure.report().authorizations.reused.int == (isRefused ? 0 : 1))
            #expect(try azure.report().finishedTargets.list.count == 1)
        }
    }

    @Test("a date may be spelled anew, everything else must come back as it was")
    func altered() async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            let grant = try await azure.authorizeDocument("copied")
            let path = "documentModels/invoices:copyTo"
            for (from, to) in [
                ("/accounts/east", "/accounts/west"), (#""eastus""#, #""westus""#), (#":"copied""#, #":"other""#),
                ("documentModels/copied", "documentModels/other"), ("11:00:00Z", "11:00:01Z"),
                (#""accessToken":""#, #""accessToken":"0"#), ("2026-11-21T11", "tomorrow"),
            ] {
                #expect(grant.contains(from))
                let refused = try await azure.documents("POST", "west", path, body: grant.replacing(from, with: to))
                #expect(refused.status == 403, "\(from)")
                #expect(try refused.decoded(Look.self).error.code.string == "Forbidden")
            }
            let spelled = grant.replacing("11:00:00Z", with: "11:00:00.0000000Z")
            #expect(try await azure.documents("POST", "west", path, body: spelled).status == 202)
        }
    }

    @Test("every member is needed, and a body has to be JSON and say so")
    func incomplete() async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            let grant = try await azure.authorizeDocument("copied")
            let path = "documentModels/invoices:copyTo"
            for name in [
                "targetResourceId", "targetResourceRegion", "targetModelId", "targetModelLocation", "accessToken",
                "expirationDateTime",
            ] {
                let body = grant.replacing(#""\#(name)""#, with: #""x\#(name)""#)
                let refused: Look = try await azure.documents("POST", "west", path, body: body).decoded()
                #expect(refused.error.code.string == "InvalidArgument")
                #expect(refused.error.innererror.code.string == "ParameterMissing")
                #expect(refused.error.innererror.message.string == "The parameter \(name) is required.")
            }
            #expect(try await azure.documents("POST", "west", path, body: "[").status == 400)
            let text = ["Content-Type": "text/plain"]
            #expect(try await azure.documents("POST", "west", path, headers: text, body: grant).status == 415)
            #expect(try await azure.documents("PUT", "west", path, body: grant).status == 405)
            let charset = ["Content-Type": "application/json; charset=utf-8"]
            #expect(try await azure.documents("POST", "west", path, headers: charset, body: grant).status == 202)
        }
    }

    @Test("an authorization is good for an hour")
    func expired() async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            let grant = try await azure.authorizeDocument("copied")
            azure.advance(3_600)
            let refused = try await azure.documents("POST", "west", "documentModels/invoices:copyTo", body: grant)
            #expect(refused.status == 403)
            #expect(try azure.report().lateCalls.expiredAuthorizations.int == 1)
        }
    }

    @Test(
        "a source that cannot be copied is told by its code",
        arguments: [
            ("nothing", 404, "ModelNotFound", API.v4_0), ("unready", 400, "ModelNotReady", .v4_0),
            ("copied", 404, "ModelNotFound", .v4_0), ("newest", 404, "ModelNotFound", .v3_1),
            ("prebuilt-read", 400, "ModelReadOnly", .v4_0),
        ]
    )
    func source(id: String, status: Int, code: String, api: API) async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            let grant = try await azure.authorizeDocument("copied", api)
            let refused = try await azure.documents("POST", "west", "documentModels/\(id):copyTo", api, body: grant)
            #expect(refused.status == status)
            #expect(try refused.decoded(Look.self).error.innererror.code.string == code)
        }
    }

    @Test("a copy from a reserved id is 400 as in fr-v3.0_copyTo-from-reserved-id_400-ModelNotReady_net")
    func reservedSource() async throws {
        try await TestAzure.run { azure in
            let grant = try await azure.authorizeDocument("1961255688", .v3_0)
            let path = "documentModels/1961255688:copyTo"
            let refused = try await azure.documents("POST", "east", path, .v3_0, body: grant)
            #expect(refused.status == 400)
            #expect(refused.headerNames == Self.sentHeaders)
            #expect(refused["content-type"] == "application/json")
            #expect(
                refused.text
                    == #"{"error":{"code":"InvalidRequest","message":"Invalid request.","innererror":{"code":"ModelNotReady","message":"Model is not ready for the requested operation. Wait for training to complete or check for operation errors."}}}"#
            )
        }
    }

    @Test("an encrypted source needs leave to degrade", arguments: [false, true])
    func degrade(isAllowed: Bool) async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            let headers = isAllowed ? ["x-ms-forms-copy-degrade": "true"] : [:]
            let location = try await azure.startDocument("secret", headers: headers)
            azure.advance(11)
            let end: Look = try await azure.poll(location).decoded()
            #expect(end.status.string == (isAllowed ? "succeeded" : "failed"))
            #expect(end.error.code.string == (isAllowed ? nil : "DataProtectionTransformServiceError"))
            #expect(azure.azure.copies.map(\.mayDegrade) == [isAllowed])
        }
    }

    @Test("a reservation that is deleted is free, and its authorization fills nothing any more")
    func deletedReservation() async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            let location = try await azure.startDocument()
            #expect(try await azure.documents("DELETE", "east", "documentModels/copied").status == 204)
            _ = try await azure.authorizeDocument("copied")
            azure.advance(11)
            #expect(try await azure.poll(location).decoded(Look.self).status.string == "failed")
            #expect(try await azure.documents("GET", "east", "documentModels/copied").status == 404)
            #expect(azure.azure.finishedTargets.isEmpty)
        }
    }

    @Test("a resource can keep its reservations from being deleted")
    func keptReservation() async throws {
        var east = TestAzure.east
        east.quirks.keepReservations = true
        try await TestAzure.run(west: TestAzure.documentWest, east: east) { azure in
            let location = try await azure.startDocument()
            #expect(try await azure.documents("DELETE", "east", "documentModels/copied").status == 404)
            azure.advance(11)
            #expect(try await azure.poll(location).decoded(Look.self).status.string == "succeeded")
            #expect(try await azure.documents("DELETE", "east", "documentModels/copied").status == 204)
        }
    }
}
