import CopyDomain

/// Turns a message into a request, or says exactly what is wrong with it. A pure function of the message.
///
/// Three wire forms are read: plain JSON, a CloudEvent in structured mode, and one in binary mode (see ``Envelope``).
/// Resources, routes and deadlines in the past are not its business.
package enum RequestDecoder {
    /// Bytes of a message's body.
    package static let sizeLimit = 256 * 1024

    package static func decode(_ message: IncomingMessage) throws(Rejection) -> SubmittedRequest {
        var known = KnownParts()
        do {
            let envelope = try Envelope(message)
            known = KnownParts(envelope)
            return try request(in: envelope)
        } catch {
            throw Rejection(
                error.code,
                error.message,
                field: error.field,
                requestID: known.requestID,
                kind: known.kind,
                targetResource: known.targetResource
            )
        }
    }

    private static func request(in envelope: Envelope) throws(RequestFault) -> SubmittedRequest {
        let fields = try RequestFields(envelope.request)
        let id = try envelope.requestID()
        let kind = try fields.kind()
        let source = try fields.source()
        let target = try fields.target()
        let onConflict = try fields.onConflict()
        let version = try fields.version(for: kind)
        let spoken = VersionDescription(kind: kind, version: version)
        try fields.checkAgainst(spoken, source: source, target: target, onConflict: onConflict)
        let deadline = try fields.deadline()
        return SubmittedRequest(
            id: id,
            kind: kind,
            source: source,
            targetResource: target.resource,
            targetName: target.name,
            apiVersion: version,
            deadline: deadline,
            content: content(kind: kind, source: source, target: target, version: version)
        )
    }

    /// Fields that no spoken version has were refused, so they need no place here.
    private static func content(
        kind: CopyKind,
        source: CopySource,
        target: CopyTarget,
        version: APIVersion?
    ) -> [UInt8] {
        var item: (id: JSONValue?, name: JSONValue?) = (nil, nil)
        switch source.item {
        case .id(let id): item.id = .string(id.rawValue)
        case .name(let name): item.name = .string(name)
        }
        let value = JSONValue.fields([
            "kind": .string(kind.rawValue),
            "source": .fields(["resource": .string(source.resource.rawValue), "id": item.id, "name": item.name]),
            "target": .fields([
                "resource": .string(target.resource.rawValue), "name": target.name.map(JSONValue.string),
            ]),
            "apiVersion": version.map { .string($0.rawValue) },
        ])
        return JSONText.encode(value, fields: .sorted)
    }
}

/// The parts of a request that a refusal can name for routing, read leniently: what is not right is absent.
private struct KnownParts {
    var requestID: RequestID?
    var kind: CopyKind?
    var targetResource: ResourceName?

    init() {}

    init(_ envelope: Envelope) {
        requestID = try? envelope.requestID()
        kind = envelope.request["kind"]?.string.flatMap(CopyKind.init)
        targetResource = envelope.request["target"]?["resource"]?.string.flatMap(ResourceName.init)
    }
}
