import CopyDomain

/// What a recorded or sent request asks for, read from method and path alone: the judge of this by itself, without
/// the code that it judges.
enum RecordedCall: Hashable, Sendable {
    case authorize
    case copy(source: String)
    case poll
    case export(project: String)
    case importProject
    case rename(project: String)
    case getItem(id: String)
    case getProject(id: String)
    case measure
    case listItems
    case listOperations
    case room
    case delete(id: String)
    /// Training, building and whatever else a copy does not ask for.
    case other

    init(method: String, url: RecordedURL) {
        let path = url.segments.map { $0.lowercased() }
        let original = url.segments
        self =
            switch (method, path) {
            case (_, let path) where path.first == "customvision": Self.vision(method, path, original)
            case (_, let path) where path.count >= 4 && path[2] == "custom" && path[3] == "models":
                Self.version2(method, path, original, url)
            case (_, let path) where path.count >= 2: Self.version3(method, path, original)
            default: .other
            }
    }

    private static func vision(_ method: String, _ path: [String], _ original: [String]) -> RecordedCall {
        guard path.count >= 4, path[3] == "projects" else { return .other }
        switch (method, path.count) {
        case ("GET", 4): return .listItems
        case ("POST", 5) where path[4] == "import": return .importProject
        case ("GET", 5): return .getProject(id: original[4])
        case ("PATCH", 5): return .rename(project: original[4])
        case ("DELETE", 5): return .delete(id: original[4])
        case ("GET", 6) where path[5] == "export": return .export(project: original[4])
        case ("GET", _) where path.dropFirst(5).joined(separator: "/") == "images/tagged/count",
            ("GET", _) where path.dropFirst(5).joined(separator: "/") == "images/untagged/count",
            ("GET", 6) where path[5] == "tags" || path[5] == "iterations":
            return .measure
        default: return .other
        }
    }

    private static func version2(
        _ method: String,
        _ path: [String],
        _ original: [String],
        _ url: RecordedURL
    ) -> RecordedCall {
        switch (method, path.count) {
        case ("GET", 4): return url.value("op")?.lowercased() == "summary" ? .room : .listItems
        case ("POST", 5) where path[4] == "copyauthorization": return .authorize
        case ("GET", 5): return .getItem(id: original[4])
        case ("DELETE", 5): return .delete(id: original[4])
        case ("POST", 6) where path[5] == "copy": return .copy(source: original[4])
        case ("GET", 7) where path[5] == "copyresults": return .poll
        default: return .other
        }
    }

    private static func version3(_ method: String, _ path: [String], _ original: [String]) -> RecordedCall {
        let collections = ["documentmodels", "documentclassifiers"]
        switch (method, path.count) {
        case ("POST", 2) where path[1].hasSuffix(":authorizecopy"): return .authorize
        case ("POST", 3) where path[2].hasSuffix(":copyto"): return .copy(source: String(original[2].dropLast(7)))
        case ("GET", 3) where path[1] == "operations": return .poll
        case ("GET", 2) where path[1] == "operations": return .listOperations
        case ("GET", 2) where path[1] == "info": return .room
        case ("GET", 2) where collections.contains(path[1]): return .listItems
        case ("GET", 3) where collections.contains(path[1]): return .getItem(id: original[2])
        case ("DELETE", 3) where collections.contains(path[1]): return .delete(id: original[2])
        default: return .other
        }
    }

    /// Whether the recorded service has the say about it; the rest are looks and cleanings of the worker's own.
    var isFlow: Bool {
        switch self {
        case .authorize, .copy, .poll, .export, .importProject: true
        case .rename, .getItem, .getProject, .measure, .listItems, .listOperations, .room, .delete, .other: false
        }
    }
}

/// A recorded version and the one of its generation that the worker speaks.
struct RecordedVersion: Sendable, Hashable {
    /// As it stands in the URLs.
    let recorded: String
    let spoken: APIVersion
    /// The first path segment.
    let base: String

    /// - Returns: `nil` for what is none of the generations.
    init?(_ url: RecordedURL) {
        let path = url.segments
        guard let first = path.first?.lowercased() else { return nil }
        base = path[0]
        switch first {
        case "customvision":
            guard path.count > 1 else { return nil }
            recorded = path[1]
            spoken = APIVersion(rawValue: path[1].lowercased()) ?? .customVision3_3
        case "formrecognizer" where path.count > 1 && path[1].lowercased().hasPrefix("v2"):
            recorded = path[1]
            spoken = APIVersion(rawValue: path[1].lowercased()) ?? .formRecognizer2_1
        case "formrecognizer", "documentintelligence":
            guard let version = url.value("api-version") else { return nil }
            recorded = version
            spoken = APIVersion(rawValue: version) ?? Self.successor(of: version, base: first)
        default: return nil
        }
    }

    /// Previews speak like the version they led to.
    private static func successor(of version: String, base: String) -> APIVersion {
        if base == "documentintelligence" { return .documentIntelligence4_0 }
        return version < "2022-09" ? .documentIntelligence3_0 : .documentIntelligence3_1
    }

    var isSpoken: Bool { recorded.lowercased() == spoken.rawValue }

    /// A text of the recording in the spoken version.
    func spoken(_ text: String) -> String {
        isSpoken ? text : text.replacing(recorded, with: spoken.rawValue)
    }
}
