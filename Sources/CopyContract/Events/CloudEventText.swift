import CopyDomain

/// One CloudEvent on its way into bytes: the attributes go into the body, in this order, and into the headers.
struct CloudEventText: Sendable {
    let event: EventName
    let id: String
    let source: String
    let subject: String?
    let time: Timestamp
    let sequence: Int?
    let context: EventContext
    let data: [JSONField]

    /// Ten digits, so that the texts order as the numbers do (CloudEvents' sequence extension).
    static func sequence(_ number: Int) -> String { zeroPadded(number, to: 10) }

    private var attributes: [(name: String, value: String)] {
        let attributes: [(String, String?)] = [
            ("specversion", "1.0"),
            ("id", id),
            ("source", source),
            ("type", event.type),
            ("subject", subject),
            ("time", time.rfc3339),
            ("datacontenttype", "application/json"),
            ("sequence", sequence.map(Self.sequence)),
            ("traceparent", context.traceparent),
            ("tracestate", context.tracestate),
        ]
        return attributes.compactMap { name, value in value.map { (name, $0) } }
    }

    func encoded(kind: CopyKind?, target: ResourceName?, correlationID: String) -> EncodedEvent {
        let attributes = attributes
        let body = attributes.map { JSONField($0.name, .string($0.value)) } + [JSONField("data", .object(data))]
        var headers = attributes.map { (name: "cloudEvents_\($0.name)", value: $0.value) }
        if let traceparent = context.traceparent { headers.append((EventContext.Key.traceparent, traceparent)) }
        if let tracestate = context.tracestate { headers.append((EventContext.Key.tracestate, tracestate)) }
        return EncodedEvent(
            event: event,
            eventID: id,
            routingKey: "copy.\(kind?.rawValue ?? "unknown").\(event.rawValue).\(target?.rawValue ?? "unknown")",
            body: JSONText.encode(.object(body)),
            headers: headers,
            correlationID: correlationID,
            time: time
        )
    }
}
