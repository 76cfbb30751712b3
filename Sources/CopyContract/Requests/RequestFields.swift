import CopyDomain

/// The three objects of a request, whose fields are all known; each method reads one part of them.
struct RequestFields: Sendable {
    private let top: FieldReader
    private let sourceFields: FieldReader
    private let targetFields: FieldReader

    init(_ request: JSONValue) throws(RequestFault) {
        top = try FieldReader(
            request,
            known: ["id", "kind", "source", "target", "apiVersion", "onConflict", "deadline"]
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
        let problem =
            text == "document-classifier"
            ? "this version of the worker does not copy classifiers" : "unknown kind \(Printable.quoted(text))"
        throw RequestFault(.unknownKind, "kind: \(problem); known: \(known)", field: "kind")
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
        CopyTarget(resource: try targetFields.resource("resource"), name: try targetFields.displayName("name"))
    }

    func version(for kind: CopyKind) throws(RequestFault) -> APIVersion? {
        guard let text = try top.string("apiVersion") else { return nil }
        if let version = APIVersion(rawValue: text), version.kind == kind { return version }
        let known = APIVersion.allCases.filter { $0.kind == kind }.map(\.rawValue).joined(separator: ", ")
        throw RequestFault(
            .unknownVersion,
            "apiVersion: no API version \(Printable.quoted(text)) of \(kind.rawValue); known: \(known)",
            field: "apiVersion"
        )
    }

    func onConflict() throws(RequestFault) -> String? {
        guard let text = try top.string("onConflict") else { return nil }
        guard ["fail", "skip", "replace"].contains(text) else {
            throw top.invalid("onConflict", "must be fail, skip or replace")
        }
        return text
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

    /// Refuses what the kind or version has no place for.
    func checkAgainst(
        _ spoken: VersionDescription,
        source: CopySource,
        target: CopyTarget,
        onConflict: String?
    ) throws(RequestFault) {
        if case .name = source.item, !spoken.hasNames { throw spoken.fault("source.name") }
        if target.name != nil, !spoken.hasNames { throw spoken.fault("target.name") }
        if try targetFields.string("id") != nil, !spoken.hasChosenIDs { throw spoken.fault("target.id") }
        if try targetFields.string("description") != nil, !spoken.hasChosenIDs {
            throw spoken.fault("target.description")
        }
        if try hasTags(), !spoken.hasChosenIDs { throw spoken.fault("target.tags") }
        if onConflict != nil, !spoken.hasChosenIDs { throw spoken.fault("onConflict") }
    }

    private func hasTags() throws(RequestFault) -> Bool {
        guard let tags = targetFields.value("tags") else { return false }
        guard let fields = tags.object else {
            throw targetFields.invalid("tags", "must be an object of strings, not \(tags.typeName)")
        }
        let given = fields.filter { $0.value != .null }
        for tag in given where tag.value.string == nil {
            throw targetFields.invalid("tags", "must be an object of strings, not of \(tag.value.typeName)")
        }
        return !given.isEmpty
    }
}

/// Which optional fields a kind has in a version (azure-copy-apis.md 0).
struct VersionDescription: Sendable {
    let kind: CopyKind
    let version: APIVersion?

    /// Sources and copies have names besides ids.
    var hasNames: Bool {
        switch kind {
        case .documentModel: false
        case .visionProject: true
        }
    }

    /// The caller chooses the copy's id, and with it its description and tags, and what to do if the id is taken.
    var hasChosenIDs: Bool {
        switch kind {
        case .documentModel, .visionProject: false
        }
    }

    func fault(_ field: String) -> RequestFault {
        let what = version.map { "\(kind.rawValue) \($0.rawValue)" } ?? kind.rawValue
        return RequestFault(.fieldNotInVersion, "\(field): \(what) has no such field", field: field)
    }
}
