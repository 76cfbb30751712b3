import AzureEmulation
import EmulationSupport
import Testing

@Suite("Document Intelligence: resources and operations", .timeLimit(.minutes(2)))
struct DocumentResourceTests {
    typealias API = TestAzure.DocumentAPI

    @Test(
        "the version is required and belongs to its path",
        arguments: [
            ("formrecognizer/documentModels", 400), ("documentintelligence/documentModels", 400),
            ("formrecognizer/documentModels?api-version=2024-11-30", 404),
            ("documentintelligence/documentModels?api-version=2023-07-31", 404),
            ("documentintelligence/documentModels?api-version=1999-01-01", 404),
            ("documentintelligence/nothing?api-version=2024-11-30", 404),
            ("DocumentIntelligence/DOCUMENTMODELS?API-Version=2024-11-30", 200),
        ]
    )
    func versions(path: String, status: Int) async throws {
        try await TestAzure.run { azure in
            let url = "\(azure.endpoint("west"))/\(path)"
            let reply = try await azure.call("GET", url, headers: ["Ocp-Apim-Subscription-Key": "west-key"])
            #expect(reply.status == status)
        }
    }

    @Test(
        "an id has 2 to 64 plain characters",
        arguments: [
            #"{}"#, #"{"modelId":"a"}"#, #"{"modelId":"-a"}"#, #"{"modelId":"a b"}"#, #"{"modelId":"a:b"}"#,
            #"{"modelId":"prebuilt-mine"}"#, #"{"modelId":"\#(String(repeating: "x", count: 65))"}"#,
            #"{"modelId":"ok","description":"\#(String(repeating: "x", count: 4_097))"}"#, #"{"modelId":1}"#, "",
        ]
    )
    func ids(body: String) async throws {
        try await TestAzure.run { azure in
            let refused = try await azure.documents("POST", "east", "documentModels:authorizeCopy", body: body)
            #expect(refused.status == 400)
            #expect(try refused.decoded(Look.self).error.code.string == "InvalidArgument")
            #expect(try azure.report().reservations.list.isEmpty)
        }
    }

    @Test("what was built later is not shown by older versions")
    func visibility() async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            for (api, ids) in [
                (API.v3_0, ["composed", "invoices", "prebuilt-layout", "prebuilt-read", "secret"]),
                (.v4_0, ["composed", "invoices", "newest", "prebuilt-layout", "prebuilt-read", "secret"]),
            ] {
                let list: Look = try await azure.documents("GET", "west", "documentModels", api).decoded()
                #expect(list.value.list.map(\.modelId.string) == ids)
                #expect(list.value[0].docTypes.isNull == (api.version == "2022-08-31"))
                #expect(list.nextLink.isNull)
            }
            #expect(try await azure.documents("GET", "west", "documentModels/newest", .v3_1).status == 404)
            #expect(try await azure.documents("DELETE", "west", "documentModels/newest", .v3_1).status == 404)
            #expect(try await azure.documents("GET", "west", "documentModels/newest").status == 200)
            #expect(try await azure.documents("GET", "west", "documentModels/unready").status == 404)
            #expect(try await azure.documents("GET", "west", "documentModels/prebuilt-read").status == 200)
            #expect(try await azure.documents("DELETE", "west", "documentModels/prebuilt-read").status == 400)
        }
    }

    @Test("lists come in pages that a link joins")
    func pages() async throws {
        var west = TestAzure.west
        west.documentModels = .generated(5)
        west.quirks.pageSize = 3
        try await TestAzure.run(west: west) { azure in
            var ids: [String?] = []
            var url: String? = "\(azure.endpoint("west"))/documentintelligence/documentModels?api-version=2024-11-30"
            var pages = 0
            while let next = url {
                let page: Look = try await azure.poll(next).decoded()
                ids += page.value.list.map(\.modelId.string)
                url = page.nextLink.string
                pages += 1
            }
            #expect(pages == 3)
            #expect(ids == ["prebuilt-layout", "prebuilt-read"] + (1...5).map { "west-document-model-\($0)" })
            let broken =
                azure.endpoint("west")
                + "/documentintelligence/documentModels?api-version=2024-11-30&nextLink=x"
            #expect(try await azure.poll(broken).status == 400)
        }
    }

    @Test("info counts reservations too, and a full resource authorizes no more", arguments: API.all)
    func limit(api: API) async throws {
        var east = TestAzure.east
        east.limits.documentModels = 1
        try await TestAzure.run(west: TestAzure.documentWest, east: east) { azure in
            _ = try await azure.authorizeDocument("copied", api)
            let info: Look = try await azure.documents("GET", "east", "info", api).decoded()
            #expect(info.customDocumentModels.count.int == 1)
            #expect(info.customDocumentModels.limit.int == 1)
            #expect(
                info.customNeuralDocumentModelBuilds.quotaResetDateTime.string
                    == (api.version == "2022-08-31" ? nil : "2026-12-01T00:00:00Z")
            )
            let refused = try await azure.documents(
                "POST",
                "east",
                "documentModels:authorizeCopy",
                api,
                body: #"{"modelId":"more"}"#
            )
            #expect(refused.status == 400)
            #expect(try refused.decoded(Look.self).error.innererror.code.string == "DocumentModelLimit")
        }
    }

    @Test("operations are listed newest first without results, and are gone after a day")
    func operations() async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            let first = try await azure.startDocument(into: "one")
            azure.advance(60)
            _ = try await azure.startDocument("sorter", into: "two", classifier: true)
            let list: Look = try await azure.documents("GET", "west", "operations").decoded()
            #expect(list.value.list.map(\.kind.string) == ["documentClassifierCopyTo", "documentModelCopyTo"])
            #expect(list.value[1].status.string == "succeeded")
            #expect(list.value[1].result.isNull)
            #expect(
                list.value[1].resourceLocation.string
                    == "https://east.emulated/documentintelligence/documentModels/one?api-version=2024-11-30"
            )
            #expect(try await azure.documents("GET", "east", "operations").decoded(Look.self).value.list.isEmpty)
            azure.advance(86_400 - 60)
            #expect(try await azure.poll(first).status == 404)
            let later: Look = try await azure.documents("GET", "west", "operations").decoded()
            #expect(later.value.list.map(\.kind.string) == ["documentClassifierCopyTo"])
        }
    }

    @Test("an unknown operation is 404 as in fr-v3-preview_get-unknown-operation_404-OperationNotFound_net")
    func unknownOperation() async throws {
        try await TestAzure.run { azure in
            let reply = try await azure.documents("GET", "west", "operations/0000000000000000", .v3_0)
            #expect(reply.status == 404)
            #expect(reply["content-type"] == "application/json")
            #expect(
                reply.text
                    == #"{"error":{"code":"NotFound","message":"Resource not found.","innererror":{"code":"OperationNotFound","message":"The requested operation was not found. The identifier may be invalid or the operation may have expired."}}}"#
            )
        }
    }

    @Test(
        "a fault decides how a copy ends",
        arguments: [
            ("copyInternalError", "failed", "InternalServerError"), ("copyFails", "failed", "Forbidden"),
            ("copyCanceled", "canceled", nil), ("copySkipped", "skipped", nil),
        ] as [(String, String, String?)]
    )
    func ends(fault: String, status: String, code: String?) async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            _ = try await azure.admin("POST", "/faults", #"{"fault":"\#(fault)","count":1}"#)
            let location = try await azure.startDocument()
            azure.advance(11)
            let end: Look = try await azure.poll(location).decoded()
            #expect(end.status.string == status)
            #expect(end.percentCompleted.int == 100)
            #expect(end.error.code.string == code)
            if code == "InternalServerError" {
                #expect(end.error.details[0].message.string == "An unexpected error occurred.")
            }
            #expect(try await azure.documents("GET", "east", "documentModels/copied").status == 404)
            #expect(azure.azure.copies.map(\.status) == [.failed])
        }
    }

    @Test("a fresh operation can be not found for a moment")
    func early404() async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            azure.azure.add(FaultRule(.early404, count: 1))
            let location = try await azure.startDocument()
            #expect(try await azure.poll(location).status == 404)
            #expect(try await azure.poll(location).status == 200)
        }
    }

    @Test(
        "an Operation-Location can be bent, and leads there all the same where it stays on the host",
        arguments: [
            ("foreignLocation", "https://elsewhere.invalid/documentintelligence/operations/"),
            ("otherCaseLocation", "https://west.emulated/DOCUMENTINTELLIGENCE/OPERATIONS/"),
            ("otherVersionLocation", "https://west.emulated/formrecognizer/operations/"),
        ]
    )
    func locations(fault: String, prefix: String) async throws {
        try await TestAzure.run(west: TestAzure.documentWest) { azure in
            _ = try await azure.admin("POST", "/faults", #"{"fault":"\#(fault)"}"#)
            let location = try await azure.startDocument()
            #expect(location.hasPrefix(prefix))
            guard fault != "foreignLocation" else { return }
            azure.advance(11)
            #expect(try await azure.poll(location).decoded(Look.self).status.string == "succeeded")
        }
    }

    @Test(
        "an Operation-Location of v2 can be bent as well",
        arguments: [
            ("foreignLocation", "https://elsewhere.invalid/formrecognizer/v2.1/"),
            ("otherCaseLocation", "https://west.emulated/FORMRECOGNIZER/V2.1/CUSTOM/"),
            ("otherVersionLocation", "https://west.emulated/formrecognizer/v2.0/"),
        ]
    )
    func oldLocations(fault: String, prefix: String) async throws {
        try await TestAzure.run { azure in
            _ = try await azure.admin("POST", "/faults", #"{"fault":"\#(fault)"}"#)
            let (_, location) = try await azure.startCopy()
            #expect(location.hasPrefix(prefix))
            guard fault != "foreignLocation" else { return }
            azure.advance(11)
            #expect(try await azure.poll(location).decoded(Look.self).status.string == "succeeded")
        }
    }

    @Test(
        "gateway faults speak the language of v3",
        arguments: [
            ("throttle", 429, "429"), ("error500", 500, "InternalServerError"),
            ("error503", 503, "ServiceUnavailable"), ("gone", 410, "Gone"),
        ]
    )
    func gateway(fault: String, status: Int, code: String) async throws {
        try await TestAzure.run { azure in
            _ = try await azure.admin("POST", "/faults", #"{"fault":"\#(fault)","call":"getInfo"}"#)
            let reply = try await azure.documents("GET", "west", "info")
            #expect(reply.status == status)
            #expect(try reply.decoded(Look.self).error.code.string == code)
            #expect((reply["retry-after"] != nil) == (fault == "throttle"))
        }
    }
}
