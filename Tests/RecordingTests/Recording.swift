import CopyContract
import CopyDomain
import Foundation

/// A recorded conversation with the real service: what was asked and what was answered, in order.
struct Recording: Sendable {
    struct Entry: Sendable {
        let method: String
        /// Absolute; placeholders of hosts made into host names.
        let url: RecordedURL
        /// Names in lower case.
        let requestHeaders: [String: String]
        let requestBody: JSONValue?
        let status: Int
        fileprivate(set) var responseHeaders: [(name: String, value: String)]
        let responseBody: JSONValue?
        /// By the service's clock; `nil` where no Date was recorded.
        let answeredAt: Timestamp?

        func responseHeader(_ name: String) -> String? {
            responseHeaders.first { $0.name == name }?.value
        }
    }

    let name: String
    let entries: [Entry]

    /// - Throws: ``Unreadable`` with the reason why the file is none of this format.
    init(file: URL) throws {
        name = file.lastPathComponent
        let value: JSONValue
        do {
            value = try JSONParser.parse(Array(try Data(contentsOf: file)))
        } catch {
            throw Unreadable("no JSON: \(error)")
        }
        guard let list = value["entries"]?.array else { throw Unreadable("it has no list of entries") }
        let entries = try list.enumerated().map { number, entry in
            guard let entry = Entry(entry) else { throw Unreadable("entry \(number + 1) has no request or no status") }
            return entry
        }
        self.entries = entries.indices.map { entries[$0].withLocation(from: entries[$0...].dropFirst()) }
    }

    struct Unreadable: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) {
            self.description = description
        }
    }
}

extension Recording.Entry {
    /// Where a recorder left nothing of an Operation-Location it is read off the first poll that follows.
    fileprivate func withLocation(from later: ArraySlice<Recording.Entry>) -> Recording.Entry {
        let name = "operation-location"
        guard let location = responseHeader(name), RecordedURL(location)?.segments.isEmpty ?? true,
            let poll = later.first(where: { RecordedCall(method: $0.method, url: $0.url) == .poll })
        else { return self }
        var entry = self
        entry.responseHeaders = responseHeaders.filter { $0.name != name } + [(name: name, value: poll.url.text)]
        return entry
    }

    fileprivate init?(_ value: JSONValue) {
        guard let request = value["request"], let response = value["response"],
            let method = request["method"]?.string, let url = request["url"]?.string.flatMap(RecordedURL.init),
            let status = response["status"]?.integer
        else { return nil }
        self.method = method.uppercased()
        self.url = url
        requestHeaders = Dictionary(Self.headers(of: request)) { first, _ in first }
        requestBody = Self.body(of: request)
        self.status = status
        responseHeaders = Self.headers(of: response)
        responseBody = Self.body(of: response)
        answeredAt = value["response_at"]?.string.flatMap(Timestamp.init(rfc3339:))
    }

    /// JSON also where it was recorded as text.
    private static func body(of message: JSONValue) -> JSONValue? {
        guard let text = message["body"]?.string, ["{", "["].contains(text.first) else { return message["body"] }
        return (try? JSONParser.parse(Array(text.utf8))) ?? message["body"]
    }

    private static func headers(of message: JSONValue) -> [(String, String)] {
        (message["headers"]?.object ?? []).map { field in
            (field.name.lowercased(), field.value.string ?? field.value.integer.map(String.init) ?? "")
        }
    }
}

/// A URL as it was recorded, cut into the parts that requests are compared by.
struct RecordedURL: Sendable, Hashable {
    let scheme: String
    let host: String
    let path: String
    let query: [String]

    /// - Parameter text: the host may be a placeholder in braces, alone or after a scheme, or left out.
    init?(_ text: String) {
        let plain = text.replacing("{", with: "").replacing("}", with: "")
        let whole = plain.hasPrefix("/") ? "host" + plain : plain
        // A query may hold a URL of its own.
        let hasScheme = whole.prefix { $0 != "/" && $0 != "?" }.last == ":"
        let absolute = hasScheme ? whole : "https://" + whole
        guard let end = absolute.range(of: "://") else { return nil }
        scheme = absolute[..<end.lowerBound].lowercased()
        let rest = absolute[end.upperBound...]
        host = rest.prefix { $0 != "/" && $0 != "?" }.lowercased()
        let tail = rest.dropFirst(host.count)
        path = String(tail.prefix { $0 != "?" })
        query = tail.dropFirst(path.count + 1).split(separator: "&").map(String.init)
        guard !host.isEmpty else { return nil }
    }

    var origin: String { "\(scheme)://\(host)" }
    var segments: [String] { path.split(separator: "/").map(String.init) }

    /// The path by which two requests are the same: without letter case, and without the version, which the service
    /// drifts in what it answers.
    var comparable: String {
        var path = segments.map { $0.lowercased() }
        if path.count > 1, path[0] == "customvision" || path[1].hasPrefix("v2") { path[1] = "version" }
        return path.joined(separator: "/")
    }

    func value(_ name: String) -> String? {
        query.first { $0.lowercased().hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    var text: String { origin + path + (query.isEmpty ? "" : "?" + query.joined(separator: "&")) }
}
