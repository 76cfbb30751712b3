import CopyDomain

/// The requests of the Form Recognizer v2 calls (azure-copy-apis.md 1).
enum FormRecognizerRequests {
    static func request(
        for call: FormRecognizerCall,
        plan: CopyPlan,
        in context: CallContext
    ) throws(CallFailure) -> HTTPRequest {
        let models = modelsPath(context)
        switch call {
        case .getSourceModel:
            return try context.request(.get, "\(models)/\(try context.segment(sourceID(plan, in: context)))")
        case .getTargetSummary:
            return try summary(in: context)
        case .authorizeCopy:
            return try context.request(.post, "\(models)/copyAuthorization", body: Secret(""))
        case .startCopy(let grant):
            let source = try context.segment(sourceID(plan, in: context))
            let body = try JSONBody.encode(CopyBody(target: plan.target, grant: grant))
            return try context.request(.post, "\(models)/\(source)/copy", body: body, isJSON: true).degrading(as: plan)
        case .getCopyResult(let operationLocation):
            return try context.request(.get, try context.pathAndQuery(following: operationLocation))
        case .getTargetModel(let id):
            return try context.request(.get, "\(models)/\(try context.segment(id))")
        case .listTargetModels:
            return try context.request(.get, "\(models)?op=full")
        case .deleteTargetModel(let id):
            return try context.request(.delete, "\(models)/\(try context.segment(id))")
        }
    }

    /// The page after the one that named `link`; the service gives `op=full` back to nobody (azure-copy-apis.md 1.4).
    static func nextPage(_ link: String, in context: CallContext) throws(CallFailure) -> HTTPRequest {
        let path = try context.pathAndQuery(following: link)
        let asksForItems = path.split(separator: "?", maxSplits: 1).dropFirst().first?
            .split(separator: "&").contains { $0.lowercased().hasPrefix("op=") }
        switch asksForItems {
        case true?: return try context.request(.get, path)
        case false?: return try context.request(.get, path + "&op=full")
        case nil: return try context.request(.get, (path.hasSuffix("?") ? path : path + "?") + "op=full")
        }
    }

    /// How many models there are: changes nothing and costs one list call.
    static func summary(in context: CallContext) throws(CallFailure) -> HTTPRequest {
        try context.request(.get, "\(modelsPath(context))?op=summary")
    }

    private static func modelsPath(_ context: CallContext) -> String {
        "/formrecognizer/\(context.apiVersion.rawValue)/custom/models"
    }

    private static func sourceID(_ plan: CopyPlan, in context: CallContext) throws(CallFailure) -> String {
        switch plan.request.source.item {
        case .id(let id): return id.rawValue
        case .name:
            throw context.refusal(.requestRefused, "A model is copied by its id; the request names it otherwise.")
        }
    }

    private struct CopyBody: Encodable {
        struct Authorization: Encodable {
            let modelId: String
            let accessToken: Secret
            let expirationDateTimeTicks: Int64
        }

        let targetResourceId: String
        let targetResourceRegion: String
        let copyAuthorization: Authorization

        init(target: FrozenResource, grant: FormRecognizerGrant) {
            targetResourceId = target.armID
            targetResourceRegion = target.region
            copyAuthorization = Authorization(
                modelId: grant.modelID,
                accessToken: grant.accessToken,
                expirationDateTimeTicks: grant.expirationDateTimeTicks
            )
        }
    }
}
