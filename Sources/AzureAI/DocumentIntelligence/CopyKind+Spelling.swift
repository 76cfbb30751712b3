import CopyDomain

/// How Form Recognizer v3 and Document Intelligence v4 spell the kinds.
extension CopyKind {
    /// The path segment that holds them.
    var collection: String {
        switch self {
        case .documentModel, .visionProject: "documentModels"
        case .documentClassifier: "documentClassifiers"
        }
    }

    /// The `kind` of the operation that copies one.
    var copyOperation: String {
        switch self {
        case .documentModel, .visionProject: "documentModelCopyTo"
        case .documentClassifier: "documentClassifierCopyTo"
        }
    }
}
