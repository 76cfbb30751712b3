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
        let allowsDegrading = try fields.allowsDegrading()
        let purpose = try fields.purpose()
        var request = SubmittedRequest(
            id: id,
            kind: kind,
            source: source,
            target: target,
            apiVersion: version,
            onConflict: onConflict,
            allowsDegrading: allowsDegrading,
            purpose: purpose,
            deadline: nil,
            content: []
        )
        try VersionFields(kind: kind, version: version).check(request)
        request.deadline = try fields.deadline()
        request.content = content(of: request)
        return request
    }

    private static func content(of request: SubmittedRequest) -> [UInt8] {
        var item: (id: JSONValue?, name: JSONValue?) = (nil, nil)
        switch request.source.item {
        case .id(let id): item.id = .string(id.rawValue)
        case .name(let name): item.name = .string(name)
        }
        let target = request.target
        let tags = target.tags.map { JSONField($0.key, .string($0.value)) }
        let value = JSONValue.fields([
            "kind": .string(request.kind.rawValue),
            "source": .fields([
                "resource": .string(request.source.resource.rawValue), "id": item.id, "name": item.name,
            ]),
            "target": .fields([
                "resource": .string(target.resource.rawValue), "id": target.id.map { .string($0.rawValue) },
                "name": target.name.map(JSONValue.string), "description": target.description.map(JSONValue.string),
                "tags": tags.isEmpty ? nil : .object(tags),
            ]),
            "apiVersion": request.apiVersion.map { .string($0.rawValue) },
            "onConflict": request.onConflict.map { .string($0.rawValue) },
            "allowDegrade": request.allowsDegrading ? .bool(true) : nil,
            "check": request.purpose == .check ? .bool(true) : nil,
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
