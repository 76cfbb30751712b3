extension FormRecognizerV2 {
    static let authorize = Call(name: "authorize", budget: .management)
    static let copy = Call(name: "copy", budget: .management)
    static let copyResult = Call(name: "copyResult", budget: .status)
    static let getModel = Call(name: "getModel", budget: .status)
    static let listModels = Call(name: "listModels", budget: .list)
    static let deleteModel = Call(name: "deleteModel", budget: .management)

    static let calls = [authorize, copy, copyResult, getModel, listModels, deleteModel]
    static let keyHeader = "ocp-apim-subscription-key"

    struct Route: FamilyRoute {
        enum Target: Sendable, Equatable {
            case authorize
            case copy(model: String)
            case copyResult(model: String, result: String)
            case getModel(String)
            case listModels
            case deleteModel(String)
            /// A path that exists, by a method that it does not know.
            case notAllowed
        }

        let version: FormRecognizerVersion
        let target: Target

        var call: Call {
            switch target {
            case .authorize: FormRecognizerV2.authorize
            case .copy: FormRecognizerV2.copy
            case .copyResult: FormRecognizerV2.copyResult
            case .getModel: FormRecognizerV2.getModel
            case .listModels: FormRecognizerV2.listModels
            case .deleteModel: FormRecognizerV2.deleteModel
            case .notAllowed: .unknown
            }
        }

        var needsLength: Bool {
            switch target {
            case .authorize, .copy: true
            case .copyResult, .getModel, .listModels, .deleteModel, .notAllowed: false
            }
        }
    }

    /// Reads `/formrecognizer/{version}/custom/models…` in any letter case.
    static func route(_ request: EmulatedRequest) -> Route? {
        let path = request.lowercased
        guard path.count >= 4, path[0] == "formrecognizer", path[2] == "custom", path[3] == "models",
            let version = FormRecognizerVersion(rawValue: path[1])
        else { return nil }
        return target(request.method, path.dropFirst(4)).map { Route(version: version, target: $0) }
    }

    private static func target(_ method: String, _ rest: ArraySlice<String>) -> Route.Target? {
        let rest = Array(rest)
        switch (method, rest.count) {
        case ("GET", 0): return .listModels
        case ("POST", 1) where rest[0] == "copyauthorization": return .authorize
        case ("GET", 1): return .getModel(rest[0])
        case ("DELETE", 1): return .deleteModel(rest[0])
        case ("POST", 2) where rest[1] == "copy": return .copy(model: rest[0])
        case ("GET", 3) where rest[1] == "copyresults": return .copyResult(model: rest[0], result: rest[2])
        case (_, 0...1): return .notAllowed
        case (_, 2) where rest[1] == "copy": return .notAllowed
        case (_, 3) where rest[1] == "copyresults": return .notAllowed
        case _: return nil
        }
    }
}
