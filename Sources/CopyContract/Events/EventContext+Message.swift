extension EventContext {
    /// Of a message. The first place with a well-formed `traceparent` counts, and its `tracestate` with it: the headers
    /// of these names, those of a CloudEvent in binary mode, the attributes of one in structured mode.
    package init(of message: IncomingMessage, correlationID: String?) {
        let headers = message.headers
        let trace =
            Self.trace(in: headers.map { ($0.name.lowercased(), $0.value) })
            ?? Self.trace(
                in: headers.compactMap { header in
                    CloudEventIdentity.attribute(header.name).map { ($0, header.value) }
                }
            )
            ?? Self.trace(in: Self.attributes(of: message))
        self.init(correlationID: correlationID, traceparent: trace?.parent, tracestate: trace?.state)
    }

    private static func trace(in fields: [(name: String, value: String)]) -> (parent: String, state: String?)? {
        let parent = fields.first { $0.name == Key.traceparent && isTraceparent($0.value) }
        return parent.map { ($0.value, fields.first { $0.name == Key.tracestate }?.value) }
    }

    private static func attributes(of message: IncomingMessage) -> [(name: String, value: String)] {
        guard case .object(let fields)? = Envelope.structuredEvent(in: message) else { return [] }
        return fields.compactMap { field in field.value.string.map { (field.name, $0) } }
    }
}
