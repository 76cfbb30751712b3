/// What Document Intelligence copies, with the words for it.
enum DocumentKind: String, Sendable, CaseIterable {
    case model, classifier

    /// The segment of its paths.
    var collection: String {
        switch self {
        case .model: "documentModels"
        case .classifier: "documentClassifiers"
        }
    }

    /// The member that holds its id.
    var idMember: String {
        switch self {
        case .model: "modelId"
        case .classifier: "classifierId"
        }
    }

    /// `targetModelId`, `targetClassifierId`
    var targetIDMember: String {
        switch self {
        case .model: "targetModelId"
        case .classifier: "targetClassifierId"
        }
    }

    /// `targetModelLocation`, `targetClassifierLocation`
    var targetLocationMember: String {
        switch self {
        case .model: "targetModelLocation"
        case .classifier: "targetClassifierLocation"
        }
    }

    /// The `kind` of an operation that copies it.
    var operation: String {
        switch self {
        case .model: "documentModelCopyTo"
        case .classifier: "documentClassifierCopyTo"
        }
    }

    var record: CopyRecord.Kind {
        switch self {
        case .model: .documentModel
        case .classifier: .documentClassifier
        }
    }
}
