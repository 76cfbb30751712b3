import CopyDomain
import Testing

@testable import AzureAI

@Suite("Form Recognizer requests")
struct FormRecognizerRequestsTests {
    func request(_ call: FormRecognizerCall, _ plan: CopyPlan) throws -> HTTPRequest {
        try FormRecognizerRequests.request(for: call, plan: plan, in: Plans.context(call, plan))
    }

    @Test(
        "method and URL of every call",
        arguments: [
            (
                FormRecognizerCall.authorizeCopy, "POST",
                "https://target.example.com/formrecognizer/v2.1/custom/models/copyAuthorization"
            ),
            (
                .startCopy(Plans.grant), "POST",
                "https://source.example.com/formrecognizer/v2.1/custom/models/44834e05-353f-4d91-a680-31a0566a724e/copy"
            ),
            (
                .getCopyResult(
                    operationLocation: "https://SOURCE.example.com/formrecognizer/v2.1-preview.1/custom/copyresults/1"
                ),
                "GET", "https://source.example.com/formrecognizer/v2.1-preview.1/custom/copyresults/1"
            ),
            (
                .getSourceModel, "GET",
                "https://source.example.com/formrecognizer/v2.1/custom/models/44834e05-353f-4d91-a680-31a0566a724e"
            ),
            (.getTargetSummary, "GET", "https://target.example.com/formrecognizer/v2.1/custom/models?op=summary"),
            (.getTargetModel(id: "m"), "GET", "https://target.example.com/formrecognizer/v2.1/custom/models/m"),
            (.listTargetModels, "GET", "https://target.example.com/formrecognizer/v2.1/custom/models?op=full"),
            (.deleteTargetModel(id: "m"), "DELETE", "https://target.example.com/formrecognizer/v2.1/custom/models/m"),
        ]
    )
    func urls(_ call: FormRecognizerCall, method: String, url: String) throws {
        let request = try request(call, try Plans.plan())
        #expect(request.method.rawValue == method)
        #expect(request.url.reveal() == url)
        #expect(request.label == CallKind(call).label(of: .documentModel))
    }

    @Test("the version is the path's", arguments: [APIVersion.formRecognizer2_0Preview, .formRecognizer2_0])
    func versions(_ version: APIVersion) throws {
        let request = try request(.authorizeCopy, try Plans.plan(version))
        #expect(request.url.reveal().contains("/formrecognizer/\(version.rawValue)/custom/models/"))
    }

    @Test("every request names itself, its request and its key, and takes JSON")
    func headers() throws {
        let request = try request(.authorizeCopy, try Plans.plan())
        #expect(request.header("Ocp-Apim-Subscription-Key") == Plans.key.reveal())
        #expect(request.header("x-ms-client-request-id") == "dr-2026/11@21:invoices")
        #expect(request.header("User-Agent") == "azure-copy-worker/test")
        #expect(request.header("Accept") == "application/json")
        #expect(request.header("Content-Type") == nil)
        #expect(request.timeout == .seconds(30))
    }

    @Test("authorize has an empty body, so that Content-Length is sent; reads and deletes have none")
    func emptyBodies() throws {
        let plan = try Plans.plan()
        #expect(try request(.authorizeCopy, plan).body == Secret(""))
        #expect(try request(.getTargetModel(id: "m"), plan).body == nil)
        #expect(try request(.deleteTargetModel(id: "m"), plan).body == nil)
    }

    @Test("the copy's body names the target as configured and echoes the authorization")
    func copyBody() throws {
        let request = try request(.startCopy(Plans.grant), try Plans.plan())
        #expect(request.header("Content-Type") == "application/json")
        #expect(
            request.body?.reveal() == """
                {"copyAuthorization":{"accessToken":"canary-token-9876543210","expirationDateTimeTicks":1622053249,\
                "modelId":"f6d156ee-f9cb-430b-bbf5-5668ca9032e1"},\
                "targetResourceId":"/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/target",\
                "targetResourceRegion":"eastus"}
                """
        )
    }

    @Test("a copy says that it may be protected less well only when the request does", arguments: [true, false])
    func degrading(_ allows: Bool) throws {
        let request = try request(.startCopy(Plans.grant), try Plans.plan(allowsDegrading: allows))
        #expect(request.header("x-ms-forms-copy-degrade") == (allows ? "true" : nil))
    }

    @Test("the expiration goes back verbatim, .NET ticks too", arguments: [637_251_001_221_004_515, 1, .max])
    func ticks(_ ticks: Int64) throws {
        let grant = FormRecognizerGrant(modelID: "m", accessToken: Secret("t"), expirationDateTimeTicks: ticks)
        let body = try request(.startCopy(grant), try Plans.plan()).body?.reveal()
        #expect(body?.contains("\"expirationDateTimeTicks\":\(ticks),") == true)
    }

    @Test("an id stays inside its path segment", arguments: ["a/../b?x", "a/b", "x@y", "a+b", "a:b"])
    func segments(_ id: String) throws {
        let url = try request(.getTargetModel(id: id), try Plans.plan()).url.reveal()
        let tail = url.dropFirst("https://target.example.com/formrecognizer/v2.1/custom/models/".count)
        #expect(!tail.contains { "/?#@+:".contains($0) })
        #expect(PercentEncoding.decode(tail) == id)
    }

    @Test("an id of dots is not sent", arguments: [".", "..", ""])
    func dots(_ id: String) throws {
        let plan = try Plans.plan()
        let failure = #expect(throws: CallFailure.self) { try request(.deleteTargetModel(id: id), plan) }
        #expect(failure?.fate == .refused)
        #expect(failure?.code == .requestRefused)
    }

    @Test(
        "an Operation-Location elsewhere is refused before the key is in a request",
        arguments: ["https://evil.example.com/x", "http://source.example.com/x", "//source.example.com/x", ""]
    )
    func foreign(_ location: String) throws {
        let plan = try Plans.plan()
        let failure = #expect(throws: CallFailure.self) {
            try request(.getCopyResult(operationLocation: location), plan)
        }
        #expect(failure?.code == .foreignOperationLocation)
        #expect(failure?.fate == .refused)
    }

    @Test(
        "the next page asks for whole items whatever the link says",
        arguments: [
            (
                "https://target.example.com/m?nextLink=2!236!MDAw",
                "https://target.example.com/m?nextLink=2!236!MDAw&op=full"
            ),
            ("https://target.example.com/m?nextLink=a&op=full", "https://target.example.com/m?nextLink=a&op=full"),
            ("https://target.example.com/m", "https://target.example.com/m?op=full"),
            ("https://target.example.com/m?", "https://target.example.com/m?op=full"),
        ]
    )
    func nextPage(_ link: String, url: String) throws {
        let context = Plans.context(FormRecognizerCall.listTargetModels, try Plans.plan())
        #expect(try FormRecognizerRequests.nextPage(link, in: context).url.reveal() == url)
    }

    @Test("a next page elsewhere is refused")
    func foreignPage() throws {
        let context = Plans.context(FormRecognizerCall.listTargetModels, try Plans.plan())
        let failure = #expect(throws: CallFailure.self) {
            try FormRecognizerRequests.nextPage("https://source.example.com/m?nextLink=a", in: context)
        }
        #expect(failure?.code == .foreignOperationLocation)
    }

    @Test("a model that is named instead of identified is refused")
    func namedModel() throws {
        let plan = try Plans.plan(item: .name("invoices"))
        #expect(throws: CallFailure.self) { try request(.startCopy(Plans.grant), plan) }
    }

    @Test("an endpoint that is none is refused with a word about the configuration")
    func badEndpoint() throws {
        let plan = try Plans.plan(targetEndpoint: "target.example.com")
        let failure = #expect(throws: CallFailure.self) { try request(.authorizeCopy, plan) }
        #expect(failure?.code == .accessDenied)
        #expect(failure?.message.contains("invoices-eastus") == true)
    }
}
