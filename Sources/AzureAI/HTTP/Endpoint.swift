/// Scheme, host and port of a resource: the only place its key may go to (azure-copy-apis.md 6, rule 10).
struct Endpoint: Sendable {
    /// As it was configured, e.g. `https://invoices.cognitiveservices.azure.com`.
    let origin: String
    private let scheme: String
    private let host: String
    private let port: Int

    /// Takes `https://host`, `https://host:port`, and the same with `http`; a single trailing slash is allowed.
    init?(_ text: String) {
        guard let (endpoint, rest) = Endpoint.split(text), rest == "" || rest == "/" else { return nil }
        self = endpoint
    }

    /// Path and query of a URL when it is on this very endpoint, to the letter; else `nil`. One without a host is: it
    /// says so itself (RFC 3986, 4.2).
    func pathAndQuery(of url: String) -> String? {
        if url.hasPrefix("/"), !url.hasPrefix("//") { return Endpoint.isURL(url) ? url : nil }
        guard let (other, rest) = Endpoint.split(url), rest.hasPrefix("/") else { return nil }
        guard other.scheme == scheme, other.host == host, other.port == port else { return nil }
        return rest
    }

    private init(origin: String, scheme: String, host: String, port: Int) {
        self.origin = origin
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// Splits a URL by the narrowest reading, so that no other parser can find another host in it: visible ASCII, no
    /// user, no backslash, no fragment.
    private static func split(_ url: String) -> (endpoint: Endpoint, rest: String)? {
        guard isURL(url) else { return nil }
        let lowered = url.lowercased()
        let scheme: String
        let defaultPort: Int
        if lowered.hasPrefix("https://") {
            (scheme, defaultPort) = ("https", 443)
        } else if lowered.hasPrefix("http://") {
            (scheme, defaultPort) = ("http", 80)
        } else {
            return nil
        }
        let afterScheme = url.dropFirst(scheme.count + 3)
        let authority = afterScheme.prefix { $0 != "/" && $0 != "?" }
        let rest = afterScheme.dropFirst(authority.count)
        guard let (host, port) = splitAuthority(authority) else { return nil }
        let endpoint = Endpoint(
            origin: String(url.prefix(scheme.count + 3 + authority.count)),
            scheme: scheme,
            host: host.lowercased(),
            port: port ?? defaultPort
        )
        return (endpoint, String(rest))
    }

    private static func splitAuthority(_ authority: Substring) -> (host: Substring, port: Int?)? {
        let host: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[...end]
            guard host.count > 2, host.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." })
            else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }
            guard !host.isEmpty, host.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }) else {
                return nil
            }
        }
        let rest = authority.dropFirst(host.count)
        guard !rest.isEmpty else { return (host, nil) }
        let digits = rest.dropFirst()
        guard rest.first == ":", digits.allSatisfy(\.isNumber), let port = Int(digits), (1...65535).contains(port)
        else { return nil }
        return (host, port)
    }

    private static func isURL(_ text: String) -> Bool {
        text.utf8.count <= 8192 && text.utf8.allSatisfy(isURLByte)
    }

    private static func isURLByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
            UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            false
        default: (0x21...0x7e).contains(byte)
        }
    }
}
