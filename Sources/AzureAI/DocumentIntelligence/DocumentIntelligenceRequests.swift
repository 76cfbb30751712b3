import CopyDomain

/// The requests of the Form Recognizer v3 and Document Intelligence v4 calls (azure-copy-apis.md 2).
enum DocumentIntelligenceRequests {
    static func request(
        for call: DocumentIntelligenceCall,
        plan: CopyPlan,
        in context: CallContext
    ) throws(CallFailure) -> HTTPRequest {
        switch call {
        case .getSource:
            return try context.request(.get, try item(sourceID(plan, in: context), plan, in: context))
        case .getTarget:
            return try context.request(.get, try item(targetID(plan, in: context), plan, in: context))
        case .deleteTarget:
            return try context.request(.delete, try item(targetID(plan, in: context), plan, in: context))
        case .getTargetInfo:
            return try info(in: context)
        case .authorizeCopy:
            let body = try JSONBody.encode(AuthorizeBody(plan, id: try targetID(plan, in: context)))
            let path = context.path("/\(plan.request.kind.collection):authorizeCopy")
            return try context.request(.post, path, body: body, isJSON: true)
        case .startCopy(let grant):
            let path = try item(sourceID(plan, in: context), action: ":copyTo", plan, in: context)
            return try context.request(.post, path, body: grant.body, isJSON: true).degrading(as: plan)
        case .getOperation(let location):
            return try context.request(.get, try context.pathAndQuery(following: location))
        case .listOperations:
            return try context.request(.get, context.path("/operations"))
        }
    }

    /// The page of operations after the one that named `link`.
    static func nextPage(_ link: String, in context: CallContext) throws(CallFailure) -> HTTPRequest {
        try context.request(.get, try context.pathAndQuery(following: link))
    }

    /// How many models the resource has and may have.
    static func info(in context: CallContext) throws(CallFailure) -> HTTPRequest {
        try context.request(.get, context.path("/info"))
    }

    /// The URL that the service gives an operation of its own.
    static func location(ofOperation id: String, in context: CallContext) throws(CallFailure) -> String {
        try context.endpoint().origin + context.path("/operations/\(try context.segment(id))")
    }

    /// The colon of an action is a character of the path and stays one (azure-copy-apis.md 2).
    private static func item(
        _ id: String,
        action: String = "",
        _ plan: CopyPlan,
        in context: CallContext
    ) throws(CallFailure) -> String {
        context.path("/\(plan.request.kind.collection)/\(try context.segment(id))\(action)")
    }

    private static func targetID(_ plan: CopyPlan, in context: CallContext) throws(CallFailure) -> String {
        guard let id = plan.request.target.id else {
            throw context.refusal(.requestRefused, "\(context.label) was not sent: the request has no target id.")
        }
        return id.rawValue
    }

    private static func sourceID(_ plan: CopyPlan, in context: CallContext) throws(CallFailure) -> String {
        switch plan.request.source.item {
        case .id(let id): return id.rawValue
        case .name:
            throw context.refusal(.requestRefused, "A model is copied by its id; the request names it otherwise.")
        }
    }

    private struct AuthorizeBody: Encodable {
        let modelId: String?
        let classifierId: String?
        let description: String?
        let tags: [String: String]?

        init(_ plan: CopyPlan, id: String) {
            switch plan.request.kind {
            case .documentModel, .visionProject: (modelId, classifierId) = (id, nil)
            case .documentClassifier: (modelId, classifierId) = (nil, id)
            }
            description = plan.request.target.description
            tags = plan.request.target.tags.isEmpty ? nil : plan.request.target.tags
        }
    }
}

extension CallContext {
    /// - Parameter path: what follows the base path of the version.
    fileprivate func path(_ path: String) -> String {
        let base =
            switch apiVersion {
            case .documentIntelligence3_0, .documentIntelligence3_1: "/formrecognizer"
            case .documentIntelligence4_0: "/documentintelligence"
            case .formRecognizer2_0Preview, .formRecognizer2_0, .formRecognizer2_1, .customVision3_3,
                .customVision3_4Preview:
                preconditionFailure("a version of another family")
            }
        return "\(base)\(path)?api-version=\(apiVersion.rawValue)"
    }
}
