import CopyDomain

/// The three wire forms of a request, taken off: the request's JSON value and the ids that came with it.
///
/// | form | recognised by | the request is |
/// |---|---|---|
/// | structured CloudEvent | content type `application/cloudevents+json`, or field `specversion` | its data |
/// | binary CloudEvent | one of specversion, id, source, type as a header with a known prefix | the body |
/// | plain JSON | content type `application/json` or none | the body |
///
/// An absent content type counts as `application/json`: the body has to be strict JSON in any case, and many clients
/// set none. No request has a field `specversion`, so a body with one is an event whose content type was lost on the
/// way, e.g. because it was set as a header.
struct Envelope: Sendable {
    let request: JSONValue
    let event: CloudEventIdentity?
    let messageID: String?

    /// - Parameter subject: what the message is to hold, for sentences.
    init(_ message: IncomingMessage, of subject: String = "a request") throws(RequestFault) {
        guard message.body.count <= RequestDecoder.sizeLimit else {
            throw RequestFault(
                .tooLarge,
                "the body has \(message.body.count) bytes; \(RequestDecoder.sizeLimit) are allowed"
            )
        }
        try Self.checkEncoding(message.contentEncoding)
        let form = try Self.form(message.contentType)
        guard !message.body.isEmpty else { throw RequestFault(.malformedJSON, "the body is empty") }
        let body: JSONValue
        do {
            body = try JSONParser.parse(message.body)
        } catch {
            throw RequestFault(error)
        }
        switch form.holding(body) {
        case .json:
            event = try CloudEventIdentity(headers: message.headers)
            guard case .object = body else {
                throw RequestFault(.malformedJSON, "the body is \(body.typeName); \(subject) is an object")
            }
            request = body
        case .cloudEvent:
            event = try CloudEventIdentity(structured: body)
            request = try Self.data(of: body, subject)
        }
        messageID = message.messageID.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The body of a message that is a CloudEvent in structured mode, whether or not it is a good one.
    static func structuredEvent(in message: IncomingMessage) -> JSONValue? {
        guard message.body.count <= RequestDecoder.sizeLimit, let form = try? form(message.contentType),
            let body = try? JSONParser.parse(message.body), form.holding(body) == .cloudEvent
        else { return nil }
        return body
    }

    /// The request's own id, else the CloudEvent's `source/id`, else the message-id.
    func requestID() throws(RequestFault) -> RequestID {
        if let own = request["id"] {
            guard let text = own.string else {
                throw RequestFault(.invalidField, "id: must be a string, not \(own.typeName)", field: "id")
            }
            return try Self.requestID(text, from: "id")
        }
        if let event {
            return try Self.requestID("\(event.source)/\(event.id)", from: "the CloudEvent's source and id")
        }
        if let messageID { return try Self.requestID(messageID, from: "the message-id") }
        throw RequestFault(
            .missingID,
            "the request has no id: neither the field, nor a CloudEvent's source and id, nor a message-id",
            field: "id"
        )
    }

    private static func requestID(_ text: String, from origin: String) throws(RequestFault) -> RequestID {
        if let id = RequestID(rawValue: text) { return id }
        let count = text.utf8.count
        let problem =
            count > 128 ? "has \(count) bytes" : count == 0 ? "is empty" : "is \(Printable.quoted(text))"
        throw RequestFault(
            .invalidField,
            "\(origin): \(problem); an id is 1 to 128 of A-Z a-z 0-9 . _ ~ : / @ + -",
            field: "id"
        )
    }

    // MARK: - Properties of the message

    private enum Form {
        case json
        case cloudEvent

        func holding(_ body: JSONValue) -> Form { body["specversion"] == nil ? self : .cloudEvent }
    }

    private static func checkEncoding(_ encoding: String?) throws(RequestFault) {
        switch encoding?.lowercased() {
        case nil, "", "identity", "utf-8", "utf8": return
        case .some(let other):
            throw RequestFault(
                .wrongContentEncoding,
                "content-encoding \(Printable.quoted(other)) is not understood",
                field: "content-encoding"
            )
        }
    }

    private static func form(_ contentType: String?) throws(RequestFault) -> Form {
        guard let contentType, !contentType.isEmpty else { return .json }
        let media = MediaType(contentType)
        guard media?.isUTF8 != false else {
            throw RequestFault(
                .wrongContentType,
                "content type \(Printable.quoted(contentType)): the charset must be utf-8",
                field: "content-type"
            )
        }
        switch media?.essence {
        case "application/json": return .json
        case "application/cloudevents+json": return .cloudEvent
        case "application/cloudevents-batch+json":
            throw RequestFault(
                .wrongContentType,
                "batches of CloudEvents are not read: send them one by one",
                field: "content-type"
            )
        default:
            throw RequestFault(
                .wrongContentType,
                "content type \(Printable.quoted(contentType)) is neither application/json nor "
                    + "application/cloudevents+json",
                field: "content-type"
            )
        }
    }
}
