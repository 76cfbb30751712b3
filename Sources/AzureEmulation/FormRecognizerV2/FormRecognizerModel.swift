/// A custom model of one resource.
struct FormRecognizerModel: Sendable {
    enum Status: String, Sendable {
        case creating, ready, invalid
    }

    let id: String
    var status: Status
    var content: Content
    /// Who asked for it, when it was made by an authorization.
    var clientRequestID: String?
    var madeAt: Moment

    /// What a copy takes over whole, dates included (azure-copy-apis.md 1.4).
    struct Content: Sendable {
        var name: String?
        var createdAt: String
        var updatedAt: String
        var isTrained: Bool
        var isLabelled: Bool
    }

    /// `modelInfo`, or an item of the list.
    func info(_ version: FormRecognizerVersion) -> JSON {
        let isNamed = version.hasNames && content.isTrained
        return .members([
            ("modelId", .string(id)),
            ("modelName", isNamed ? content.name.map(JSON.string) : nil),
            ("attributes", isNamed ? ["isComposed": false] : nil),
            ("status", .string(status.rawValue)),
            ("createdDateTime", .string(content.createdAt)),
            ("lastUpdatedDateTime", .string(content.updatedAt)),
        ])
    }

    /// The answer to GET.
    func details(_ version: FormRecognizerVersion, includesKeys: Bool) -> JSON {
        .members([
            ("modelInfo", info(version)),
            ("keys", includesKeys && content.isTrained && !content.isLabelled ? Self.keys : nil),
            ("trainResult", trainResult),
        ])
    }

    private var trainResult: JSON? {
        guard content.isTrained else { return nil }
        return content.isLabelled ? Self.labelledResult : Self.unlabelledResult
    }

    // Five forms and a handful of fields, as the recordings have them; rendered once for all models.
    private static let keys = JSON.rendered(
        (["clusters": ["0": ["Address:", "Company Name:", "Purchase Order", "TOTAL", "Website:"]]] as JSON).text
    )

    private static let labelledResult = JSON.rendered(
        ([
            "averageModelAccuracy": .number(0.96),
            "trainingDocuments": documents(errors: nil),
            "fields": .array(
                [("CompanyName", 0.995), ("PurchaseOrderNumber", 0.995), ("Signature", 0.8), ("Total", 0.995)].map {
                    ["fieldName": .string($0.0), "accuracy": .number($0.1)]
                }
            ),
            "errors": [],
        ] as JSON).text
    )

    private static let unlabelledResult = JSON.rendered(
        (["trainingDocuments": documents(errors: []), "errors": []] as JSON).text
    )

    private static func documents(errors: JSON?) -> JSON {
        .array(
            (1...5).map { number in
                .members([
                    ("documentName", .string("Form_\(number).jpg")), ("pages", 1), ("errors", errors),
                    ("status", "succeeded"),
                ])
            }
        )
    }
}
