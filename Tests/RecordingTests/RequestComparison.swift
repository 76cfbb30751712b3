import AzureAI
import CopyContract
import CopyDomain

/// What a sent request has otherwise than the recorded one.
enum RequestComparison {
    /// Sentences; none when they agree.
    static func differences(
        sent: HTTPRequest,
        at url: RecordedURL,
        recorded: Recording.Entry,
        version: RecordedVersion
    ) -> [String] {
        queries(url, recorded, version) + headers(sent, recorded) + bodies(sent, recorded, version)
    }

    private static func queries(_ url: RecordedURL, _ recorded: Recording.Entry, _ version: RecordedVersion) -> [String]
    {
        // A poll follows the service's word, which recorded clients did not always.
        guard RecordedCall(method: recorded.method, url: recorded.url) != .poll else { return [] }
        // An import runs under a name of the worker's own.
        let theirs = Set(recorded.url.query.map(version.spoken)).filter { !$0.hasPrefix("name=") }
        let ours = Set(url.query).filter { !$0.hasPrefix("name=") }
        let missing = theirs.subtracting(ours)
        let added = ours.subtracting(theirs)
        return missing.sorted().map { "query without \(name(of: $0))" }
            + added.sorted().map { "query has \(name(of: $0))" }
    }

    private static func name(of item: String) -> String {
        String(item.prefix { $0 != "=" })
    }

    private static let credentials = ["authorization", "ocp-apim-subscription-key", "training-key"]

    private static func headers(_ sent: HTTPRequest, _ recorded: Recording.Entry) -> [String] {
        var ours = Set(sent.headers.map { $0.name.lowercased() })
        if sent.body != nil { ours.insert("content-length") }
        return recorded.requestHeaders.keys.sorted().compactMap { name in
            if credentials.contains(name) { return ours.isDisjoint(with: credentials) ? "no credential" : nil }
            guard ["accept", "content-type", "content-length", "x-ms-forms-copy-degrade"].contains(name) else {
                return nil
            }
            return ours.contains(name) ? nil : "no header \(name)"
        }
    }

    private static func bodies(
        _ sent: HTTPRequest,
        _ recorded: Recording.Entry,
        _ version: RecordedVersion
    ) -> [String] {
        let text = sent.body?.reveal() ?? ""
        switch recorded.requestBody {
        case nil, .null?: return text.isEmpty ? [] : ["a body where none was recorded"]
        case .string(let recorded)?: return text == recorded ? [] : ["another body"]
        case let theirs?:
            guard let ours = try? JSONParser.parse(Array(text.utf8)) else { return ["no JSON body"] }
            return members(ours, theirs, at: "body", version)
        }
    }

    private static func members(
        _ ours: JSONValue,
        _ theirs: JSONValue,
        at path: String,
        _ version: RecordedVersion
    ) -> [String] {
        guard let our = ours.object, let their = theirs.object?.filter({ !isNothing($0.value) }) else {
            return isSame(ours, theirs, at: path, version) ? [] : ["another value of \(path)"]
        }
        let missing = Set(their.map(\.name)).subtracting(our.map(\.name)).map { "no \(path).\($0)" }
        let added = Set(our.map(\.name)).subtracting(their.map(\.name)).map { "\(path).\($0) is not recorded" }
        let deeper = their.flatMap { field in
            our.first { $0.name == field.name }.map {
                members($0.value, field.value, at: "\(path).\(field.name)", version)
            }
                ?? []
        }
        return missing.sorted() + added.sorted() + deeper
    }

    /// What some clients send and others leave out.
    private static func isNothing(_ value: JSONValue) -> Bool {
        value == .null || value == .object([])
    }

    /// Secrets were replaced by the recorders, and their clients write dates in other words.
    private static func isSame(
        _ ours: JSONValue,
        _ theirs: JSONValue,
        at path: String,
        _ version: RecordedVersion
    ) -> Bool {
        let member = path.split(separator: ".").last.map(String.init) ?? ""
        if ["accessToken", "expirationDateTime"].contains(member) { return ours.typeName == theirs.typeName }
        guard let our = ours.string, let their = theirs.string else { return ours == theirs }
        let isReplaced = [our, their].contains { text in
            ["sanitized", "redacted"].contains { text.lowercased().contains($0) }
        }
        return isReplaced || our == version.spoken(their)
    }
}
