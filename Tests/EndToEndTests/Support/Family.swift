/// One version of every conversation with Azure.
enum Family: String, Sendable, CaseIterable {
    /// Form Recognizer v2.1.
    case form
    /// A Document Intelligence model, 2024-11-30.
    case document
    /// A Document Intelligence classifier, 2024-11-30.
    case classifier
    /// Custom Vision v3.3.
    case project

    /// Where the caller chooses the copy's id, it is `targetID`, or else the request's.
    func request(
        _ id: String,
        source: Int,
        item: Int,
        target: Int,
        called targetID: String? = nil,
        _ more: [String: any Sendable] = [:]
    ) -> [String: any Sendable] {
        let request =
            switch self {
            case .form: Requests.model(id, source: source, item: item, target: target)
            case .document: Requests.document(id, source: source, item: item, target: target, called: targetID)
            case .classifier: Requests.classifier(id, source: source, item: item, target: target, called: targetID)
            case .project: Requests.project(id, source: source, item: item, target: target)
            }
        return request.merging(more) { _, new in new }
    }

    /// The options of `copyctl submit` for a copy of an item of the first source to the first target.
    func options(_ id: String, sourceID: String) -> [String] {
        let kind =
            switch self {
            case .form, .document: "document-model"
            case .classifier: "document-classifier"
            case .project: "vision-project"
            }
        let version =
            switch self {
            case .form: "v2.1"
            case .document, .classifier: "2024-11-30"
            case .project: "v3.3"
            }
        let route = ["--source", World.source(0), "--source-id", sourceID, "--target", World.target(0)]
        return ["--id", id, "--kind", kind, "--api-version", version] + route
    }

    func sourceID(_ item: Int) -> String {
        switch self {
        case .form: World.model(item, of: 0)
        case .document: World.document(item, of: 0)
        case .classifier: World.classifier(item, of: 0)
        case .project: World.project(item, of: 0)
        }
    }

    /// An id under which nothing is in any source.
    static let missingID = "ffffffff-0000-4000-8000-000000000000"

    /// All calls of a copy that goes well.
    var calls: [String] {
        switch self {
        case .form: ["getModel", "listModels", "authorize", "copy", "copyResult"]
        case .document: ["getModel", "getInfo", "authorizeCopy", "copyTo", "getOperation"]
        case .classifier: ["getClassifier", "authorizeCopy", "copyTo", "getOperation"]
        case .project: ["getProject", "listProjects", "getContents", "export", "import", "updateProject"]
        }
    }

    /// Those that make something, at least a token.
    var makingCalls: [String] {
        switch self {
        case .form: ["authorize", "copy"]
        case .document, .classifier: ["authorizeCopy", "copyTo"]
        case .project: ["export", "import", "updateProject"]
        }
    }

    /// The call that deletes a copy, where a request can ask for that.
    var deletion: String? {
        switch self {
        case .form, .project: nil
        case .document: "deleteModel"
        case .classifier: "deleteClassifier"
        }
    }

    /// How every copy is made to fail, and the code it fails with then.
    var failure: (call: String, fault: String, code: String) {
        switch self {
        // Azure finds no authorization: the same as for a wrong region.
        case .form: ("copy", "copyFails", "target_mismatch")
        case .document: ("copyTo", "copyInternalError", "copy_failed")
        case .classifier: ("copyTo", "copyFails", "target_mismatch")
        case .project: ("import", "importFails", "import_failed")
        }
    }
}
