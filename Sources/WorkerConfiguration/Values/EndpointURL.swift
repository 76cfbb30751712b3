/// The endpoint of an Azure resource: scheme, host and port, nothing else.
struct EndpointURL: Hashable, Sendable {
    enum Fault: String, Error {
        case scheme = "must begin with https://"
        case userInfo = "must not hold a user or a password"
        case path = "must end after the host: no path, no query"
        case host = "has no host name that can be used"
        case port = "has a port that is none"
    }

    let isPlain: Bool
    let host: String
    let port: Int?

    init(_ text: String) throws(Fault) {
        let lower = text.lowercased()
        let rest: Substring
        if lower.hasPrefix("https://") {
            isPlain = false
            rest = lower.dropFirst("https://".count)
        } else if lower.hasPrefix("http://") {
            isPlain = true
            rest = lower.dropFirst("http://".count)
        } else {
            throw .scheme
        }
        let authority = rest.hasSuffix("/") ? rest.dropLast() : rest
        guard !authority.contains("@") else { throw .userInfo }
        guard !authority.contains(where: { "/?#".contains($0) }) else { throw .path }
        let hostEnd: Substring.Index
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]"), authority.dropFirst().first != "]",
                authority[..<bracket].dropFirst().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." })
            else { throw .host }
            hostEnd = authority.index(after: bracket)
        } else {
            hostEnd = authority.firstIndex(of: ":") ?? authority.endIndex
            guard hostEnd > authority.startIndex, authority[..<hostEnd].utf8.allSatisfy(Self.isNameByte) else {
                throw .host
            }
        }
        let portText = authority[hostEnd...]
        if portText.isEmpty {
            port = nil
        } else {
            guard portText.hasPrefix(":"), let port = UInt16(portText.dropFirst()), port > 0 else { throw .port }
            self.port = Int(port)
        }
        host = String(authority[..<hostEnd])
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }

    var isLoopback: Bool {
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        let isIPv4 = numbers.count == 4 && !numbers.contains(nil)
        return host == "localhost" || host == "[::1]" || isIPv4 && numbers.first == 127
    }

    /// Reaches no further than the next router: where machines are told about themselves.
    var isLinkLocal: Bool {
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && !numbers.contains(nil) && numbers.starts(with: [169, 254])
    }

    /// Whether an endpoint is one that all resources of a region share.
    static func isRegional(_ text: String) -> Bool {
        guard let endpoint = try? EndpointURL(text) else { return false }
        return [".api.cognitive.microsoft.com", ".api.cognitive.azure.cn", ".api.cognitive.microsoft.us"].contains {
            endpoint.host.hasSuffix($0)
        }
    }

    /// Without a slash at the end.
    var text: String { "\(isPlain ? "http" : "https")://\(host)" + (port.map { ":\($0)" } ?? "") }
}
