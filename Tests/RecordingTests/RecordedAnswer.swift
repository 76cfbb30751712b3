import AzureAI
import CopyContract

/// A recorded answer in the version that the worker speaks.
struct RecordedAnswer {
    private let entry: Recording.Entry
    private let version: RecordedVersion

    init(_ entry: Recording.Entry, version: RecordedVersion) {
        self.entry = entry
        self.version = version
    }

    /// - Parameter keepingLink: whether a list may name this next page.
    func response(keepingLink: (String) -> Bool = { _ in true }) -> HTTPResponse {
        let headers = entry.responseHeaders.map { name, value in
            (name: name, value: name.hasSuffix("location") ? location(value) : value)
        }
        return HTTPResponse(status: entry.status, headers: headers, body: body(keepingLink))
    }

    private func body(_ keepingLink: (String) -> Bool) -> [UInt8] {
        switch entry.responseBody {
        case nil: return []
        case .string(let text)?: return Array(text.utf8)
        case .object(let fields)?:
            let kept = fields.compactMap { field -> JSONField? in
                guard field.name == "nextLink", let link = field.value.string else { return field }
                return keepingLink(link) ? JSONField("nextLink", .string(location(link))) : nil
            }
            return spoken(.object(kept))
        case let value?: return spoken(value)
        }
    }

    private func spoken(_ value: JSONValue) -> [UInt8] {
        Array(version.spoken(String(decoding: JSONText.encode(value), as: UTF8.self)).utf8)
    }

    /// Recorders replaced hosts in one place and not, or by others, in another: what Azure named was on the host that
    /// was asked.
    private func location(_ text: String) -> String {
        guard let url = RecordedURL(text) else { return text }
        return version.spoken(entry.url.origin + url.text.dropFirst(url.origin.count))
    }
}
