import CopyDomain

/// What outcomes say besides head and times.
extension EventData {
    static func target(_ success: CopySuccess, of plan: CopyPlan) -> [JSONField] {
        var fields = [JSONField("id", text(success.targetID))]
        if let name = success.targetName { fields.append(JSONField("name", text(name))) }
        fields.append(JSONField("url", text(url(ofTarget: success.targetID, in: plan))))
        if let expires = success.expires { fields.append(moment("expiresAt", expires)) }
        return fields
    }

    /// The address of the copy in the API that made it (azure-copy-apis.md 0).
    private static func url(ofTarget id: String, in plan: CopyPlan) -> String {
        let version = plan.request.apiVersion
        let path =
            switch version {
            case .formRecognizer2_0Preview, .formRecognizer2_0, .formRecognizer2_1:
                "formrecognizer/\(version.rawValue)/custom/models/\(id)"
            case .documentIntelligence3_0, .documentIntelligence3_1:
                "formrecognizer/\(collection(of: plan))/\(id)?api-version=\(version.rawValue)"
            case .documentIntelligence4_0:
                "documentintelligence/\(collection(of: plan))/\(id)?api-version=\(version.rawValue)"
            case .customVision3_3, .customVision3_4Preview:
                "customvision/\(version.rawValue)/training/projects/\(id)"
            }
        return "\(plan.target.endpoint)/\(path)"
    }

    private static func collection(of plan: CopyPlan) -> String {
        switch plan.request.kind {
        case .documentModel: "documentModels"
        case .documentClassifier: "documentClassifiers"
        case .visionProject: "projects"
        }
    }

    static func details(_ success: CopySuccess) -> [JSONField] {
        (success.alreadyThere ? [JSONField("alreadyThere", .bool(true))] : []) + [
            JSONField("verified", .array(success.verified.map(text))),
            warnings(success.warnings),
            JSONField("attempts", .integer(success.attempts)),
        ]
    }

    static func details(_ failure: CopyFailure) -> [JSONField] {
        [
            JSONField("error", error(failure.code, failure.message, failure.azure)),
            leftBehind(failure.leftBehind),
            JSONField("targetDeleted", .bool(failure.targetDeleted)),
            warnings(failure.warnings),
            JSONField("attempts", .integer(failure.attempts)),
        ]
    }

    static func details(_ cancellation: CopyCancellation) -> [JSONField] {
        [
            leftBehind(cancellation.leftBehind),
            JSONField("targetDeleted", .bool(cancellation.targetDeleted)),
        ]
    }

    static func details(_ report: CheckReport) -> [JSONField] {
        [
            JSONField("ok", .bool(report.problems.isEmpty)),
            JSONField("problems", .array(report.problems.map { error($0.code, $0.message, $0.azure) })),
            JSONField("verified", .array(report.verified.map(text))),
            warnings(report.warnings),
        ]
    }

    private static func warnings(_ sentences: [String]) -> JSONField {
        JSONField("warnings", .array(sentences.map(text)))
    }

    private static func error(_ code: FailureCode, _ message: String, _ azure: AzureError?) -> JSONValue {
        .fields([
            "code": .string(code.rawValue),
            "message": text(message),
            "advice": .string(code.advice),
            "retryHelps": .bool(code.canSucceedLater),
            "azure": azure.map(Self.azure),
        ])
    }

    private static func azure(_ error: AzureError) -> JSONValue {
        .fields([
            "status": error.status.map(JSONValue.integer),
            "code": error.code.map(text),
            "innerCode": error.innerCode.map(text),
            "message": error.message.map(text),
            "requestId": error.requestID.map(text),
        ])
    }

    static func leftBehind(_ items: [LeftBehind]) -> JSONField {
        let values = items.map { left in
            let resource = JSONField("resource", .string(left.resource.rawValue))
            return JSONValue.object([resource] + subject(left.item))
        }
        return JSONField("leftBehind", .array(values))
    }

    private static func subject(_ subject: ObligationSubject) -> [JSONField] {
        switch subject {
        case .emptyModel(let from, let to, let suspects):
            [
                JSONField("type", .string("empty-model")),
                moment("createdFrom", from),
                moment("createdTo", to),
                JSONField("suspects", .array(suspects.map(text))),
            ]
        case .reservation(let id): [JSONField("type", .string("reserved-id")), JSONField("id", text(id))]
        case .model(let id): [JSONField("type", .string("model")), JSONField("id", text(id))]
        case .project(let id): [JSONField("type", .string("project")), JSONField("id", text(id))]
        case .projectName(let name): [JSONField("type", .string("project-name")), JSONField("name", text(name))]
        }
    }
}
