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
        guard isURL(url), let colon = url.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let scheme = url[..<colon].lowercased()
        let defaultPort: Int
        switch scheme {
        case "https": defaultPort = 443
        case "http": defaultPort = 80
        default: return nil
        }
        guard url[colon...].hasPrefix("://") else { return nil }
        let afterScheme = url.utf8[colon...].dropFirst(3)
        let authority = afterScheme.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        guard let (host, port) = splitAuthority(authority) else { return nil }
        let endpoint = Endpoint(
            origin: String(url[..<authority.endIndex]),
            scheme: scheme,
            host: host.lowercased(),
            port: port ?? defaultPort
        )
        return (endpoint, String(url[authority.endIndex...]))
    }

    private static func splitAuthority(_ authority: Substring.UTF8View) -> (host: Substring, port: Int?)? {
        let host: Substring.UTF8View
        if authority.first == UInt8(ascii: "[") {
            guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            host = authority[...end]
            guard host.count > 2, host.dropFirst().dropLast().allSatisfy(isAddressByte) else { return nil }
        } else {
            host = authority.prefix { $0 != UInt8(ascii: ":") }
            guard !host.isEmpty, host.allSatisfy(isNameByte) else { return nil }
        }
        let rest = authority[host.endIndex...]
        guard !rest.isEmpty else { return (Substring(host), nil) }
        let digits = rest.dropFirst()
        guard rest.first == UInt8(ascii: ":"), digits.allSatisfy(isDigit), let port = Int(Substring(digits)),
            (1...65535).contains(port)
        else { return nil }
        return (Substring(host), port)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Of an IPv6 address.
    private static func isAddressByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: ":"),
            UInt8(ascii: "."):
            true
        default: isDigit(byte)
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: isDigit(byte)
        }
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
