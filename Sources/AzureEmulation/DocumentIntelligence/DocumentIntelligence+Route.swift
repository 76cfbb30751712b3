extension DocumentIntelligence {
    static let authorizeCopy = Call(name: "authorizeCopy", budget: .management)
    static let copyTo = Call(name: "copyTo", budget: .management)
    static let getOperation = Call(name: "getOperation", budget: .status)
    static let listOperations = Call(name: "listOperations", budget: .list)
    static let getClassifier = Call(name: "getClassifier", budget: .status)
    static let listClassifiers = Call(name: "listClassifiers", budget: .list)
    static let deleteClassifier = Call(name: "deleteClassifier", budget: .management)
    static let getInfo = Call(name: "getInfo", budget: .status)

    /// Models share the names of their calls with Form Recognizer v2.
    static let calls = [
        authorizeCopy, copyTo, getOperation, listOperations, getClassifier, listClassifiers, deleteClassifier, getInfo,
    ]
    static let keyHeader = "ocp-apim-subscription-key"

    struct Route: FamilyRoute {
        enum Target: Sendable, Equatable {
            case authorizeCopy(DocumentKind)
            case copyTo(DocumentKind, String)
            case getOperation(String)
            case listOperations
            case get(DocumentKind, String)
            case delete(DocumentKind, String)
            case list(DocumentKind)
            case getInfo
            /// A path that exists, by a method that it does not know.
            case notAllowed
            case versionMissing
        }

        let version: DocumentIntelligenceVersion
        let target: Target

        var call: Call {
            switch target {
            case .authorizeCopy: DocumentIntelligence.authorizeCopy
            case .copyTo: DocumentIntelligence.copyTo
            case .getOperation: DocumentIntelligence.getOperation
            case .listOperations: DocumentIntelligence.listOperations
            case .get(.model, _): FormRecognizerV2.getModel
            case .get(.classifier, _): DocumentIntelligence.getClassifier
            case .delete(.model, _): FormRecognizerV2.deleteModel
            case .delete(.classifier, _): DocumentIntelligence.deleteClassifier
            case .list(.model): FormRecognizerV2.listModels
            case .list(.classifier): DocumentIntelligence.listClassifiers
            case .getInfo: DocumentIntelligence.getInfo
            case .notAllowed, .versionMissing: .unknown
            }
        }

        var needsLength: Bool {
            switch target {
            case .authorizeCopy, .copyTo: true
            case .getOperation, .listOperations, .get, .delete, .list, .getInfo, .notAllowed, .versionMissing: false
            }
        }
    }

    /// Reads `/formrecognizer/…?api-version=2022-08-31` and its successors; the path's first segment belongs to the
    /// version, and a version that is unknown there makes the whole path unknown.
    static func route(_ request: EmulatedRequest) -> Route? {
        guard let base = request.lowercased.first, let target = target(request) else { return nil }
        guard let name = request.query["api-version"], !name.isEmpty else {
            return DocumentIntelligenceVersion.allCases.first { $0.base == base }.map {
                Route(version: $0, target: .versionMissing)
            }
        }
        guard let version = DocumentIntelligenceVersion(rawValue: name), version.base == base else { return nil }
        guard target.exists(in: version) else { return nil }
        return Route(version: version, target: target)
    }

    /// Letter case matters only in the ids of models and classifiers.
    private static func target(_ request: EmulatedRequest) -> Route.Target? {
        let path = Array(request.lowercased.dropFirst())
        switch (request.method, path.count) {
        case ("GET", 1) where path[0] == "info": return .getInfo
        case ("GET", 1) where path[0] == "operations": return .listOperations
        case ("GET", 2) where path[0] == "operations": return .getOperation(path[1])
        case (_, 1...2) where path[0] == "info" || path[0] == "operations": return .notAllowed
        case _: break
        }
        for kind in DocumentKind.allCases {
            let collection = kind.collection.lowercased()
            switch (request.method, path.count) {
            case ("POST", 1) where path[0] == collection + ":authorizecopy": return .authorizeCopy(kind)
            case (_, 1) where path[0] == collection + ":authorizecopy": return .notAllowed
            case ("GET", 1) where path[0] == collection: return .list(kind)
            case (_, 1) where path[0] == collection: return .notAllowed
            case (_, 2) where path[0] == collection: return target(request.method, kind, request.segments[2])
            case _: continue
            }
        }
        return nil
    }

    private static func target(_ method: String, _ kind: DocumentKind, _ last: String) -> Route.Target? {
        let parts = last.split(separator: ":", omittingEmptySubsequences: false)
        switch (method, parts.count) {
        case ("GET", 1): return .get(kind, last)
        case ("DELETE", 1): return .delete(kind, last)
        case ("POST", 2) where parts[1].lowercased() == "copyto": return .copyTo(kind, String(parts[0]))
        case (_, 1): return .notAllowed
        case (_, 2) where parts[1].lowercased() == "copyto": return .notAllowed
        case _: return nil
        }
    }
}

extension DocumentIntelligence.Route.Target {
    /// Whether the version knows it: classifiers came later than models, and their copies later still.
    fileprivate func exists(in version: DocumentIntelligenceVersion) -> Bool {
        switch self {
        case .get(.classifier, _), .delete(.classifier, _), .list(.classifier): version.hasClassifiers
        case .authorizeCopy(.classifier), .copyTo(.classifier, _): version.copiesClassifiers
        case .authorizeCopy(.model), .copyTo(.model, _), .get(.model, _), .delete(.model, _), .list(.model): true
        case .getOperation, .listOperations, .getInfo, .notAllowed, .versionMissing: true
        }
    }
}
