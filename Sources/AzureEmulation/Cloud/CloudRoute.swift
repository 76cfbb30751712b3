/// A route of any family: the one place, with ``AzureCloud``, that names them all.
enum CloudRoute: Sendable {
    case formRecognizerV2(FormRecognizerV2.Route)
    case documentIntelligence(DocumentIntelligence.Route)
    case customVision(CustomVision.Route)
    case entra(EntraDirectory.Route)

    static let calls: [Call] =
        FormRecognizerV2.calls + DocumentIntelligence.calls + CustomVision.calls + EntraDirectory.calls

    init?(_ request: EmulatedRequest) {
        if request.resource == EntraDirectory.door {
            guard let route = EntraDirectory.route(request) else { return nil }
            self = .entra(route)
        } else if let route = FormRecognizerV2.route(request) {
            self = .formRecognizerV2(route)
        } else if let route = DocumentIntelligence.route(request) {
            self = .documentIntelligence(route)
        } else if let route = CustomVision.route(request) {
            self = .customVision(route)
        } else {
            return nil
        }
    }

    private var route: any FamilyRoute {
        switch self {
        case .formRecognizerV2(let route): route
        case .documentIntelligence(let route): route
        case .customVision(let route): route
        case .entra(let route): route
        }
    }

    var call: Call { route.call }
    var needsLength: Bool { route.needsLength }

    /// The header that carries the key of a resource; the directory has none.
    var keyHeader: String? {
        switch self {
        case .formRecognizerV2: FormRecognizerV2.keyHeader
        case .documentIntelligence: DocumentIntelligence.keyHeader
        case .customVision: CustomVision.keyHeader
        case .entra: nil
        }
    }

    func answer(_ refusal: GatewayRefusal) -> EmulatedAnswer {
        switch self {
        case .formRecognizerV2(let route): FormRecognizerV2.refusal(refusal, of: route)
        case .documentIntelligence(let route): DocumentIntelligence.refusal(refusal, of: route)
        case .customVision(let route): CustomVision.refusal(refusal, of: route)
        case .entra: EntraDirectory.refusal(refusal)
        }
    }
}
