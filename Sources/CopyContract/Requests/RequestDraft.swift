package import CopyDomain

/// A request as somebody is about to send it: nothing is checked here.
package struct RequestDraft: Hashable, Sendable {
    package var id: String?
    package var kind: String?
    package var sourceResource: String?
    package var sourceID: String?
    package var sourceName: String?
    package var targetResource: String?
    package var targetID: String?
    package var targetName: String?
    package var targetDescription: String?
    package var targetTags: [String: String] = [:]
    package var apiVersion: String?
    package var onConflict: String?
    package var allowsDegrading = false
    package var isCheck = false
    /// RFC 3339.
    package var deadline: String?

    package init() {}
}

/// Writes requests as the plain JSON that ``RequestDecoder`` reads.
package enum RequestEncoder {
    package static let contentType = "application/json"

    package static func encode(_ draft: RequestDraft) -> [UInt8] {
        let text: (String?) -> JSONValue? = { $0.map(JSONValue.string) }
        let tags = draft.targetTags.map { JSONField($0.key, .string($0.value)) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let request = JSONValue.fields([
            "id": text(draft.id),
            "kind": text(draft.kind),
            "source": .fields([
                "resource": text(draft.sourceResource), "id": text(draft.sourceID), "name": text(draft.sourceName),
            ]),
            "target": .fields([
                "resource": text(draft.targetResource), "id": text(draft.targetID), "name": text(draft.targetName),
                "description": text(draft.targetDescription), "tags": tags.isEmpty ? nil : .object(tags),
            ]),
            "apiVersion": text(draft.apiVersion),
            "onConflict": text(draft.onConflict),
            "allowDegrade": draft.allowsDegrading ? .bool(true) : nil,
            "check": draft.isCheck ? .bool(true) : nil,
            "deadline": text(draft.deadline),
        ])
        return JSONText.encode(request)
    }

    /// A request of which only its content is left (see ``SubmittedRequest/content``), its id and its deadline.
    /// - Returns: `nil` if the content is none: what comes is read as that very content again.
    package static func encode(_ id: RequestID, content: [UInt8], deadline: Timestamp?) -> [UInt8]? {
        guard let fields = (try? JSONParser.parse(content))?.object else { return nil }
        let ends = deadline.map { [JSONField("deadline", .string($0.rfc3339))] } ?? []
        let body = JSONText.encode(.object([JSONField("id", .string(id.rawValue))] + fields + ends))
        let message = IncomingMessage(
            body: body,
            contentType: contentType,
            contentEncoding: nil,
            messageID: nil,
            headers: []
        )
        guard let read = try? RequestDecoder.decode(message), read.id == id, read.content == content else { return nil }
        return body
    }
}
