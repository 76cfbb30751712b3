import CopyDomain

/// The parts of the events' `data`, as README documents them. Text from Azure is cut to 1,000 characters and stripped
/// of control characters.
enum EventData {
    /// Unicode scalars of one text from Azure.
    static let textLimit = 1000

    static func text(_ text: String) -> JSONValue { .string(Printable.line(text, limit: textLimit)) }

    static func moment(_ name: String, _ moment: Timestamp) -> JSONField {
        JSONField(name, .string(moment.rfc3339))
    }

    /// What every event of a run begins with.
    static func head(_ event: EventName, of plan: CopyPlan, run: Int, target: [JSONField]? = nil) -> [JSONField] {
        let request = plan.request
        let item =
            switch request.source.item {
            case .id(let id): JSONField("id", .string(id.rawValue))
            case .name(let name): JSONField("name", text(name))
            }
        var targetFields = [JSONField("resource", .string(request.target.resource.rawValue))]
        if let target, !target.isEmpty {
            targetFields += target
        } else {
            if let id = request.target.id { targetFields.append(JSONField("id", .string(id.rawValue))) }
            if let name = request.target.name { targetFields.append(JSONField("name", text(name))) }
        }
        return [
            JSONField("event", .string(event.rawValue)),
            JSONField("requestId", .string(request.id.rawValue)),
            JSONField("run", .integer(run)),
            JSONField("kind", .string(request.kind.rawValue)),
            JSONField("apiVersion", .string(request.apiVersion.rawValue)),
            JSONField(
                "source",
                .object([JSONField("resource", .string(request.source.resource.rawValue)), item])
            ),
            JSONField("target", .object(targetFields)),
        ]
    }

    /// `seconds` go from the accept to the end.
    static func times(acceptedAt: Timestamp, startedAt: Timestamp?, finishedAt: Timestamp) -> [JSONField] {
        [
            moment("acceptedAt", acceptedAt),
            startedAt.map { moment("startedAt", $0) },
            moment("finishedAt", finishedAt),
            JSONField("seconds", .seconds(finishedAt.since(acceptedAt))),
        ].compactMap { $0 }
    }

    static func details(_ report: ProgressReport) -> [JSONField] {
        [
            JSONField("phase", .string(report.phase.rawValue)),
            report.azureStatus.map { JSONField("azureStatus", text($0)) },
        ].compactMap { $0 }
    }

    static func rejected(
        _ rejection: Rejection,
        messageID: String?,
        bodySHA256: String,
        bodySize: Int
    ) -> [JSONField] {
        let error = JSONValue.fields([
            "code": .string(rejection.code.rawValue),
            "message": text(rejection.message),
            "field": rejection.field.map(text),
            "advice": .string(rejection.code.advice),
        ])
        let fields: [JSONField?] = [
            JSONField("event", .string(EventName.rejected.rawValue)),
            rejection.requestID.map { JSONField("requestId", .string($0.rawValue)) },
            rejection.kind.map { JSONField("kind", .string($0.rawValue)) },
            rejection.targetResource.map {
                JSONField("target", .object([JSONField("resource", .string($0.rawValue))]))
            },
            JSONField("error", error),
            JSONField(
                "received",
                .fields([
                    "messageId": messageID.map(text), "bytes": .integer(bodySize), "sha256": .string(bodySHA256),
                ])
            ),
        ]
        return fields.compactMap { $0 }
    }
}
