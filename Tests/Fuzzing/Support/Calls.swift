import CopyDomain

/// Every call there is, in a fixed order: inputs name them by number.
enum Calls {
    struct Entry: Sendable {
        let name: String
        let versions: [APIVersion]
        var kind: CopyKind?
        /// - Parameter location: a URL or id that the service gave.
        let call: @Sendable (_ location: String) -> CopyCall
    }

    static let all: [Entry] = formRecognizer + documentIntelligence + customVision

    private static let v2: [APIVersion] = [.formRecognizer2_1, .formRecognizer2_0, .formRecognizer2_0Preview]
    private static let v3: [APIVersion] = [
        .documentIntelligence4_0, .documentIntelligence3_1, .documentIntelligence3_0,
    ]
    private static let vision: [APIVersion] = [.customVision3_3, .customVision3_4Preview]

    private static let formRecognizer: [Entry] = [
        Entry(name: "getSourceModel", versions: v2) { _ in .formRecognizer(.getSourceModel) },
        Entry(name: "getTargetSummary", versions: v2) { _ in .formRecognizer(.getTargetSummary) },
        Entry(name: "authorizeCopy", versions: v2) { _ in .formRecognizer(.authorizeCopy) },
        Entry(name: "startCopy", versions: v2) { _ in .formRecognizer(.startCopy(grant)) },
        Entry(name: "getCopyResult", versions: v2) { .formRecognizer(.getCopyResult(operationLocation: $0)) },
        Entry(name: "getTargetModel", versions: v2) { .formRecognizer(.getTargetModel(id: $0)) },
        Entry(name: "listTargetModels", versions: v2) { _ in .formRecognizer(.listTargetModels) },
        Entry(name: "deleteTargetModel", versions: v2) { .formRecognizer(.deleteTargetModel(id: $0)) },
    ]

    private static let documentIntelligence: [Entry] = [
        Entry(name: "getSource", versions: v3) { _ in .documentIntelligence(.getSource) },
        Entry(name: "getTargetInfo", versions: v3) { _ in .documentIntelligence(.getTargetInfo) },
        Entry(name: "getTarget", versions: v3) { _ in .documentIntelligence(.getTarget) },
        Entry(name: "authorizeItem", versions: v3) { _ in .documentIntelligence(.authorizeCopy) },
        Entry(name: "startItem", versions: v3) { _ in .documentIntelligence(.startCopy(itemGrant)) },
        Entry(name: "getOperation", versions: v3) { .documentIntelligence(.getOperation(location: $0)) },
        Entry(name: "listOperations", versions: v3) { _ in
            .documentIntelligence(.listOperations(since: World.noon))
        },
        Entry(name: "deleteTarget", versions: v3) { _ in .documentIntelligence(.deleteTarget) },
        Entry(name: "authorizeClassifier", versions: [.documentIntelligence4_0], kind: .documentClassifier) { _ in
            .documentIntelligence(.authorizeCopy)
        },
        Entry(name: "getClassifier", versions: [.documentIntelligence4_0], kind: .documentClassifier) { _ in
            .documentIntelligence(.getTarget)
        },
    ]

    private static let customVision: [Entry] = [
        Entry(name: "getSourceProject", versions: vision) { .customVision(.getSourceProject(id: $0)) },
        Entry(name: "listSourceProjects", versions: vision) { _ in .customVision(.listSourceProjects) },
        Entry(name: "exportProject", versions: vision) { .customVision(.exportProject(id: $0)) },
        Entry(name: "importProject", versions: vision) {
            .customVision(.importProject(token: Secret(Canary.importToken), name: $0))
        },
        Entry(name: "measureProject", versions: vision) { .customVision(.measureProject(id: $0, side: .source)) },
        Entry(name: "getTargetProject", versions: vision) { .customVision(.getTargetProject(id: $0)) },
        Entry(name: "listTargetProjects", versions: vision) { _ in .customVision(.listTargetProjects) },
        Entry(name: "renameTargetProject", versions: vision) {
            .customVision(.renameTargetProject(id: "project-0", name: $0, description: $0))
        },
        Entry(name: "deleteTargetProject", versions: vision) { .customVision(.deleteTargetProject(id: $0)) },
    ]

    private static let grant = FormRecognizerGrant(
        modelID: "f6d156ee-f9cb-430b-bbf5-5668ca9032e1",
        accessToken: Secret(Canary.copyToken),
        expirationDateTimeTicks: 1_622_053_249
    )

    private static let itemGrant = DocumentIntelligenceGrant(
        body: Secret(#"{"targetModelId":"invoices-2026","accessToken":"\#(Canary.copyToken)"}"#),
        accessToken: Secret(Canary.copyToken),
        targetLocation: "https://\(World.targetHost)/documentintelligence/documentModels/invoices-2026",
        expires: World.noon + .seconds(3600)
    )
}
