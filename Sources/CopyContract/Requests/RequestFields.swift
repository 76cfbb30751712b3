import CopyDomain

/// The three objects of a request, whose fields are all known; each method reads one part of them.
struct RequestFields: Sendable {
    private let top: FieldReader
    private let sourceFields: FieldReader
    private let targetFields: FieldReader

    init(_ request: JSONValue) throws(RequestFault) {
        guard request["command"] == nil else {
            throw RequestFault(
                .unknownCommand,
                "command: this is a command, e.g. cancel, and belongs in the queue for commands; here are requests",
                field: "command"
            )
        }
        top = try FieldReader(
            request,
            known: [
                "id", "kind", "source", "target", "apiVersion", "onConflict", "allowDegrade", "check", "deadline",
            ]
        )
        guard let source = top.value("source") else { throw top.missing("source") }
        sourceFields = try FieldReader(source, at: top.path("source"), known: ["resource", "id", "name"])
        guard let target = top.value("target") else { throw top.missing("target") }
        targetFields = try FieldReader(
            target,
            at: top.path("target"),
            known: ["resource", "id", "name", "description", "tags"]
        )
    }

    func kind() throws(RequestFault) -> CopyKind {
        let text = try top.requiredString("kind")
        if let kind = CopyKind(rawValue: text) { return kind }
        let known = CopyKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw RequestFault(.unknownKind, "kind: unknown kind \(Printable.quoted(text)); known: \(known)", field: "kind")
    }

    func source() throws(RequestFault) -> CopySource {
        let resource = try sourceFields.resource("resource")
        let id = try sourceFields.item("id")
        let name = try sourceFields.displayName("name")
        switch (id, name) {
        case (let id?, nil): return CopySource(resource: resource, item: .id(id))
        case (nil, let name?): return CopySource(resource: resource, item: .name(name))
        case (nil, nil): throw sourceFields.missing("id")
        case (_?, _?): throw sourceFields.invalid("name", "give either source.id or source.name, not both")
        }
    }

    func target() throws(RequestFault) -> CopyTarget {
        CopyTarget(
            resource: try targetFields.resource("resource"),
            id: try targetFields.item("id"),
            name: try targetFields.displayName("name"),
            description: try targetFields.prose("description", limit: 4096),
            tags: try tags()
        )
    }

    func version(for kind: CopyKind) throws(RequestFault) -> APIVersion? {
        guard let text = try top.string("apiVersion") else { return nil }
        if let version = APIVersion(rawValue: text), version.kinds.contains(kind) { return version }
        let known = APIVersion.allCases.filter { $0.kinds.contains(kind) }.map(\.rawValue).joined(separator: ", ")
        throw RequestFault(
            .unknownVersion,
            "apiVersion: no API version \(Printable.quoted(text)) of \(kind.rawValue); known: \(known)",
            field: "apiVersion"
        )
    }

    func onConflict() throws(RequestFault) -> ConflictPolicy? {
        guard let text = try top.string("onConflict") else { return nil }
        guard let policy = ConflictPolicy(rawValue: text) else {
            throw top.invalid("onConflict", "must be fail, skip or replace")
        }
        return policy
    }

    func allowsDegrading() throws(RequestFault) -> Bool {
        try top.bool("allowDegrade") ?? false
    }

    func purpose() throws(RequestFault) -> CopyRequest.Purpose {
        try top.bool("check") ?? false ? .check : .copy
    }

    /// Years outside 2000 to 2199 are taken for mistakes.
    func deadline() throws(RequestFault) -> Timestamp? {
        guard let text = try top.string("deadline") else { return nil }
        guard let moment = Timestamp(rfc3339: text) else {
            throw top.invalid("deadline", "must be a moment as RFC 3339 has it, e.g. 2026-11-21T13:00:00Z")
        }
        guard Self.saneDeadlines.contains(moment.milliseconds) else {
            throw top.invalid("deadline", "must lie in the years 2000 to 2199")
        }
        return moment
    }

    private static let saneDeadlines: Range<Int64> = 946_684_800_000..<7_258_118_400_000

    private func tags() throws(RequestFault) -> [String: String] {
        guard let value = targetFields.value("tags") else { return [:] }
        guard let fields = value.object?.filter({ $0.value != .null }) else {
            throw targetFields.invalid("tags", "must be an object of strings, not \(value.typeName)")
        }
        guard fields.count <= 50 else { throw targetFields.invalid("tags", "there are at most 50") }
        var tags: [String: String] = [:]
        let reader = try FieldReader(.object(fields), at: targetFields.path("tags"), known: fields.map(\.name))
        for field in fields {
            guard let text = try reader.prose(field.name, limit: 256) else { continue }
            guard (1...128).contains(field.name.unicodeScalars.count), !Printable.hasControls(field.name) else {
                throw reader.invalid(field.name, "a tag's name has 1 to 128 characters and no control characters")
            }
            // Names that differ in their bytes only, e.g. one composed and one not, are one key to a dictionary.
            guard tags.updateValue(text, forKey: field.name) == nil else {
                throw targetFields.invalid("tags", "two names are the same text")
            }
        }
        return tags
    }
}
