/// The two attributes that together name a CloudEvent, of an event whose required attributes are all there.
struct CloudEventIdentity: Hashable, Sendable {
    let source: String
    let id: String

    private static let required = ["specversion", "id", "source", "type"]
    /// The CloudEvents binding for AMQP 1.0 has the first two; Knative's for RabbitMQ the third (rabbitmq.md 6.1).
    private static let headerPrefixes = ["cloudevents_", "cloudevents:", "ce-"]

    /// Of an event in structured mode.
    init(structured event: JSONValue) throws(RequestFault) {
        guard case .object(let fields) = event else {
            throw RequestFault(.malformedCloudEvent, "the body is \(event.typeName); a CloudEvent is an object")
        }
        var attributes: [(name: String, value: String)] = []
        for field in fields where field.name != "data" && field.name != "data_base64" {
            switch field.value {
            case .null, .bool, .number: continue
            case .string(let text): attributes.append((field.name, text))
            case .array, .object:
                let name = Printable.line(field.name, limit: 64)
                throw RequestFault(
                    .malformedCloudEvent,
                    "\(name): an attribute of a CloudEvent is never \(field.value.typeName)",
                    field: name
                )
            }
        }
        try self.init(attributes)
    }

    /// Of an event in binary mode; `nil` when no header is one of the required attributes.
    init?(headers: [(name: String, value: String)]) throws(RequestFault) {
        var attributes: [(name: String, value: String)] = []
        for header in headers {
            guard let name = Self.attribute(header.name) else { continue }
            if let other = attributes.first(where: { $0.name == name }) {
                guard other.value == header.value else {
                    throw RequestFault(
                        .malformedCloudEvent,
                        "the headers give the attribute twice, and differently",
                        field: Printable.line(name, limit: 64)
                    )
                }
                continue
            }
            attributes.append((name, header.value))
        }
        guard attributes.contains(where: { Self.required.contains($0.name) }) else { return nil }
        try self.init(attributes)
    }

    /// The attribute that a header is for, in lower case: what has passed through HTTP may have any capitals.
    static func attribute(_ header: String) -> String? {
        let header = header.lowercased()
        return headerPrefixes.first(where: header.hasPrefix).map { String(header.dropFirst($0.count)) }
    }

    private init(_ attributes: [(name: String, value: String)]) throws(RequestFault) {
        var values: [String: String] = [:]
        for attribute in attributes { values[attribute.name] = attribute.value }
        for name in Self.required where values[name, default: ""].isEmpty {
            throw RequestFault(
                .malformedCloudEvent,
                "\(name): a CloudEvent needs this attribute, as a string",
                field: name
            )
        }
        guard values["specversion"] == "1.0" else {
            throw RequestFault(
                .malformedCloudEvent,
                "specversion: only CloudEvents 1.0 is understood",
                field: "specversion"
            )
        }
        if let type = values["datacontenttype"] {
            let media = MediaType(type)
            guard media?.essence == "application/json", media?.isUTF8 == true else {
                throw RequestFault(
                    .wrongContentType,
                    "datacontenttype: the data must be application/json",
                    field: "datacontenttype"
                )
            }
        }
        source = values["source", default: ""]
        id = values["id", default: ""]
    }
}
