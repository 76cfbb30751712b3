import CopyDomain
import Testing

@testable import AzureAI

@Suite("Document Intelligence requests")
struct DocumentIntelligenceRequestsTests {
    static let source = "44834e05-353f-4d91-a680-31a0566a724e"

    func request(_ call: DocumentIntelligenceCall, _ plan: CopyPlan) throws -> HTTPRequest {
        try DocumentIntelligenceRequests.request(for: call, plan: plan, in: Plans.context(call, plan))
    }

    @Test(
        "the base path of a version, and the version in every query",
        arguments: [
            (APIVersion.documentIntelligence3_0, "formrecognizer", "2022-08-31"),
            (.documentIntelligence3_1, "formrecognizer", "2023-07-31"),
            (.documentIntelligence4_0, "documentintelligence", "2024-11-30"),
        ]
    )
    func urls(_ version: APIVersion, base: String, query: String) throws {
        let plan = try Plans.plan(version)
        func expect(_ call: DocumentIntelligenceCall, _ method: String, _ url: String) throws {
            let request = try request(call, plan)
            #expect(request.method.rawValue == method)
            #expect(request.url.reveal() == "https://\(url)?api-version=\(query)")
        }
        let (from, to) = ("source.example.com/\(base)", "target.example.com/\(base)")
        try expect(.getSource, "GET", "\(from)/documentModels/\(Self.source)")
        try expect(.getTargetInfo, "GET", "\(to)/info")
        try expect(.getTarget, "GET", "\(to)/documentModels/invoices-2026")
        try expect(.authorizeCopy, "POST", "\(to)/documentModels:authorizeCopy")
        try expect(.startCopy(Plans.itemGrant), "POST", "\(from)/documentModels/\(Self.source):copyTo")
        try expect(.listOperations(since: Plans.now), "GET", "\(from)/operations")
        try expect(.deleteTarget, "DELETE", "\(to)/documentModels/invoices-2026")
    }

    @Test("classifiers have a path, an id and a label of their own")
    func classifiers() throws {
        let plan = try Plans.plan(.documentIntelligence4_0, kind: .documentClassifier)
        let authorize = try request(.authorizeCopy, plan)
        #expect(
            authorize.url.reveal()
                == "https://target.example.com/documentintelligence/documentClassifiers:authorizeCopy"
                + "?api-version=2024-11-30"
        )
        #expect(authorize.label == "POST /documentClassifiers:authorizeCopy")
        #expect(authorize.body == Secret(#"{"classifierId":"invoices-2026"}"#))
        let start = try request(.startCopy(Plans.itemGrant), plan)
        #expect(start.url.reveal().contains("/documentClassifiers/\(Self.source):copyTo?"))
    }

    @Test("authorize names the id, and description and tags only when they are given")
    func authorizeBody() throws {
        let bare = try request(.authorizeCopy, try Plans.plan(.documentIntelligence3_0))
        #expect(bare.body == Secret(#"{"modelId":"invoices-2026"}"#))
        #expect(bare.header("Content-Type") == "application/json")
        let full = try request(
            .authorizeCopy,
            try Plans.plan(.documentIntelligence4_0, description: "a/b \"c\"", tags: ["k": "v", "a": ""])
        )
        #expect(
            full.body == Secret(#"{"description":"a/b \"c\"","modelId":"invoices-2026","tags":{"a":"","k":"v"}}"#)
        )
    }

    @Test("the copy's body is the authorization as it came, to the byte")
    func copyBody() throws {
        let request = try request(.startCopy(Plans.itemGrant), try Plans.plan(.documentIntelligence4_0))
        #expect(request.body == Plans.itemGrant.body)
        #expect(request.header("Content-Type") == "application/json")
    }

    @Test("only the copy says that it may be protected less well, and only when the request does")
    func degrading() throws {
        let header = "x-ms-forms-copy-degrade"
        let plan = try Plans.plan(.documentIntelligence4_0, allowsDegrading: true)
        #expect(try request(.startCopy(Plans.itemGrant), plan).header(header) == "true")
        #expect(try request(.authorizeCopy, plan).header(header) == nil)
        let strict = try Plans.plan(.documentIntelligence4_0)
        #expect(try request(.startCopy(Plans.itemGrant), strict).header(header) == nil)
    }

    @Test("an operation is asked for where Azure said, letter case and version and all")
    func operation() throws {
        let location = "https://SOURCE.example.com/FormRecognizer/operations/3_a%2Bb?api-version=2023-02-28-preview&x"
        let request = try request(.getOperation(location: location), try Plans.plan(.documentIntelligence3_1))
        #expect(
            request.url.reveal()
                == "https://source.example.com/FormRecognizer/operations/3_a%2Bb?api-version=2023-02-28-preview&x"
        )
    }

    @Test(
        "an operation or a page elsewhere is refused before the key is in a request",
        arguments: ["https://evil.example.com/x", "http://source.example.com/x", "//source.example.com/x", ""]
    )
    func foreign(_ location: String) throws {
        let plan = try Plans.plan(.documentIntelligence4_0)
        let poll = #expect(throws: CallFailure.self) { try request(.getOperation(location: location), plan) }
        #expect(poll?.code == .foreignOperationLocation && poll?.fate == .refused)
        let context = Plans.context(DocumentIntelligenceCall.listOperations(since: Plans.now), plan)
        let page = #expect(throws: CallFailure.self) {
            try DocumentIntelligenceRequests.nextPage(location, in: context)
        }
        #expect(page?.code == .foreignOperationLocation && page?.fate == .refused)
    }

    @Test("an id stays inside its path segment", arguments: ["a/../b", "a:copyTo", "x@y", "a+b"])
    func segments(_ id: String) throws {
        let item = try SourceItem.id(#require(ItemID(rawValue: id)))
        let plan = try Plans.plan(.documentIntelligence4_0, item: item, targetID: id)
        let prefix = "https://target.example.com/documentintelligence/documentModels/"
        let url = try request(.getTarget, plan).url.reveal().dropFirst(prefix.count)
        let segment = url.prefix { $0 != "?" }
        #expect(!segment.contains { "/#@+:".contains($0) })
        #expect(PercentEncoding.decode(segment) == id)
        let start = try request(.startCopy(Plans.itemGrant), plan).url.reveal()
        #expect(start.hasSuffix("/\(segment):copyTo?api-version=2024-11-30"))
    }

    @Test("a model that is named instead of identified, and a copy without a target id, are refused")
    func incomplete() throws {
        let named = try Plans.plan(.documentIntelligence4_0, item: .name("invoices"))
        #expect(throws: CallFailure.self) { try request(.getSource, named) }
        let nameless = try Plans.plan(.documentIntelligence4_0, targetID: nil)
        #expect(throws: CallFailure.self) { try request(.authorizeCopy, nameless) }
        #expect(throws: CallFailure.self) { try request(.deleteTarget, nameless) }
    }
}
