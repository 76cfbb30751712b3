extension DocumentAsset {
    /// What GET answers, and what a finished operation carries; nil while there is nothing to show.
    func details(_ version: DocumentIntelligenceVersion) -> JSON? {
        content.map { content in
            .members([("docTypes", docTypes(content))] + summaryMembers(content, version))
        }
    }

    /// An item of a list: v4 shows details there, and classifiers have no summary.
    func listed(_ version: DocumentIntelligenceVersion) -> JSON? {
        version.renamesCopies || kind == .classifier
            ? details(version) : content.map { .members(summaryMembers($0, version)) }
    }

    private func summaryMembers(_ content: Content, _ version: DocumentIntelligenceVersion) -> [(String, JSON?)] {
        // Tags of a classifier do not come back (azure-copy-apis.md 2.5).
        let showsTags = !tags.isEmpty && kind == .model
        return [
            (kind.idMember, .string(id)),
            ("createdDateTime", .string(content.createdAt)),
            ("modifiedDateTime", version.renamesCopies ? .string(content.modifiedAt) : nil),
            ("expirationDateTime", version.hasExpirations ? content.expiresAt.map(JSON.string) : nil),
            ("apiVersion", .string(content.apiVersion)),
            ("description", description.map(JSON.string)),
            (
                "tags",
                showsTags ? .object(tags.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }) : nil
            ),
        ]
    }

    private func docTypes(_ content: Content) -> JSON {
        .object(
            content.docTypes.map { name in
                switch kind {
                case .model: .init(name, Self.modelType)
                case .classifier: .init(name, Self.classifierType(name))
                }
            }
        )
    }

    // A handful of fields as in the recordings; rendered once for all models.
    private static let modelType = JSON.rendered(
        ([
            "fieldSchema": .object(
                fields.map { .init($0, ["type": .string($0 == "Quantity" ? "number" : "string")]) }
            ),
            "buildMode": "template",
            "fieldConfidence": .object(fields.sorted().map { .init($0, .number(0.995)) }),
        ] as JSON).text
    )

    private static let fields = ["Merchant", "PurchaseOrderNumber", "CompanyName", "Quantity", "Total", "Signature"]

    /// The copy still names the source's training container (azure-copy-apis.md 2.5).
    private static func classifierType(_ name: String) -> JSON {
        [
            "azureBlobSource": [
                "containerUrl": "https://training.blob.core.windows.net/classifier", "prefix": .string("\(name)/"),
            ]
        ]
    }
}
