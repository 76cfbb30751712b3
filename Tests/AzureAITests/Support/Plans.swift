import CopyDomain
import Testing

@testable import AzureAI

/// Plans and contexts for tests.
enum Plans {
    static let sourceName = ResourceName(rawValue: "invoices-westus2")
    static let targetName = ResourceName(rawValue: "invoices-eastus")
    static let key = Secret("canary-key-0123456789")
    static let now = Timestamp(milliseconds: 1_600_000_000_000)

    static func plan(
        _ version: APIVersion = .formRecognizer2_1,
        kind: CopyKind? = nil,
        item: SourceItem? = nil,
        targetID: String? = "invoices-2026",
        description: String? = nil,
        tags: [String: String] = [:],
        allowsDegrading: Bool = false,
        sourceEndpoint: String = "https://source.example.com",
        targetEndpoint: String = "https://target.example.com"
    ) throws -> CopyPlan {
        let source = try #require(sourceName)
        let target = try #require(targetName)
        let id = try #require(ItemID(rawValue: "44834e05-353f-4d91-a680-31a0566a724e"))
        let arm = "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/"
        let request = CopyRequest(
            id: try #require(RequestID(rawValue: "dr-2026/11@21:invoices")),
            kind: try kind ?? #require(version.kinds.first),
            source: CopySource(resource: source, item: item ?? .id(id)),
            target: CopyTarget(
                resource: target,
                id: version.family == .documentIntelligence ? targetID.flatMap(ItemID.init) : nil,
                description: description,
                tags: tags
            ),
            apiVersion: version,
            allowsDegrading: allowsDegrading,
            deadline: nil
        )
        return CopyPlan(
            request: request,
            source: FrozenResource(name: source, endpoint: sourceEndpoint, armID: arm + "source", region: "westus2"),
            target: FrozenResource(name: target, endpoint: targetEndpoint, armID: arm + "target", region: "eastus"),
            acceptedAt: now,
            deadline: now + .seconds(3600),
            limits: MachineLimits()
        )
    }

    static func context(_ call: FormRecognizerCall, _ plan: CopyPlan) -> CallContext {
        context(CallKind(call), call.side, plan)
    }

    static func context(_ call: DocumentIntelligenceCall, _ plan: CopyPlan) -> CallContext {
        context(CallKind(call), call.side, plan)
    }

    static func context(_ call: CustomVisionCall, _ plan: CopyPlan) -> CallContext {
        context(CallKind(call), call.side, plan)
    }

    static func context(_ kind: CallKind, _ side: CallSide, _ plan: CopyPlan) -> CallContext {
        guard let proof = Proof(key, .key) else { preconditionFailure("a key that fits into a header") }
        return CallContext(
            kind: kind,
            item: plan.request.kind,
            resource: side == .source ? plan.source : plan.target,
            apiVersion: plan.request.apiVersion,
            requestID: plan.request.id.rawValue,
            proof: proof,
            userAgent: "azure-copy-worker/test",
            timeout: .seconds(30),
            sendBefore: nil
        )
    }

    static func reader(_ kind: CallKind, secrets: [Secret] = []) throws -> AnswerReader {
        AnswerReader(
            kind: kind,
            label: kind.label(of: .documentModel),
            resource: try #require(sourceName),
            redaction: Redaction([key] + secrets),
            now: now
        )
    }

    static let grant = FormRecognizerGrant(
        modelID: "f6d156ee-f9cb-430b-bbf5-5668ca9032e1",
        accessToken: Secret("canary-token-9876543210"),
        expirationDateTimeTicks: 1_622_053_249
    )

    static let itemGrant = DocumentIntelligenceGrant(
        body: Secret(
            #"{ "targetModelId": "invoices-2026", "accessToken": "canary-token-9876543210", "later": [1.50] }"#
        ),
        accessToken: Secret("canary-token-9876543210"),
        targetLocation: "https://target.example.com/documentintelligence/documentModels/invoices-2026",
        expires: now + .seconds(3600)
    )

    /// The token of `recordings/cv-v3.4-preview_export-import_success_net.json`.
    static let importToken = Secret(
        "https://irisprodeu2training.blob.core.windows.net/prjexp-0901d86bf22743e09630d172ccfd41e5/project-export-info"
            + "?sv=2017-04-17&sr=b&sig=xxxxxxxxxxx%2Bxxxxx%2Bxxxxxxxxxxxxxx%2Bxxxxxxxxxx%3D"
            + "&se=2020-11-07T16%3A31%3A44Z&sp=r"
    )
}

extension HTTPRequest {
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value.reveal()
    }
}

extension HTTPResponse {
    /// An answer with a JSON body as Azure sends it.
    static func json(_ status: Int, _ body: String, headers: [(name: String, value: String)] = []) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [
                ("Content-Type", "application/json; charset=utf-8"), ("apim-request-id", "request-of-azure"),
                ("Date", "Tue, 25 May 2021 18:20:48 GMT"),
            ] + headers,
            body: Array(body.utf8)
        )
    }
}
