/// The parts of an AMQP URI, decoded; what is not there is `nil`.
package struct AMQPURI {
    var secure: Bool
    var user: String?
    var password: String?
    var host: String?
    var port: UInt16?
    var virtualHost: String?
    /// The URI without its password, for people.
    let shown: String

    init(_ uri: String) throws(AMQPError) {
        let shown = "'\(Self.redacted(uri))'"
        self.shown = shown
        func refuse(_ why: String) -> AMQPError {
            AMQPError(.invalid, "The broker URI \(shown) cannot be used: \(why)")
        }

        guard let schemeEnd = uri.firstRange(of: "://") else {
            throw refuse("it has to begin with amqp:// or amqps://")
        }
        switch uri[..<schemeEnd.lowerBound].lowercased() {
        case "amqp": secure = false
        case "amqps": secure = true
        default: throw refuse("it has to begin with amqp:// or amqps://")
        }
        let rest = uri[schemeEnd.upperBound...]
        if rest.contains("?") || rest.contains("#") {
            throw refuse("parameters belong into the configuration; percent-encode a ? or # of a name or password")
        }

        let authority = rest.prefix { $0 != "/" }
        let path = rest[authority.endIndex...]
        let userInfoEnd = authority.lastIndex(of: "@")
        if let userInfoEnd {
            let userInfo = authority[..<userInfoEnd]
            guard !userInfo.contains("@") else { throw refuse("percent-encode an @ of the user or password as %40") }
            let parts = userInfo.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2 else { throw refuse("percent-encode a : of the user or password as %3a") }
            user = parts[0].isEmpty && parts.count == 1 ? nil : Self.decoded(parts[0])
            guard parts[0].isEmpty || user != nil else { throw refuse("the user is not percent-encoded UTF-8") }
            if parts.count == 2 {
                guard let decoded = Self.decoded(parts[1]) else {
                    throw refuse("the password is not percent-encoded UTF-8")
                }
                password = decoded
            }
        }

        let hostAndPort = authority[(userInfoEnd.map { authority.index(after: $0) } ?? authority.startIndex)...]
        let hostEnd: Substring.Index
        if hostAndPort.first == "[" {
            guard let bracket = hostAndPort.firstIndex(of: "]") else {
                throw refuse("the ] after the IPv6 address is missing")
            }
            let address = hostAndPort[hostAndPort.index(after: hostAndPort.startIndex)..<bracket]
            guard let decoded = Self.decoded(address), Self.isIPv6(decoded) else {
                throw refuse("what stands in brackets is no IPv6 address")
            }
            host = decoded
            hostEnd = hostAndPort.index(after: bracket)
        } else {
            hostEnd = hostAndPort.firstIndex(of: ":") ?? hostAndPort.endIndex
            let name = hostAndPort[..<hostEnd]
            if !name.isEmpty {
                guard let decoded = Self.decoded(name), Self.isHostname(decoded) else {
                    throw refuse("the host name has characters that none can have")
                }
                host = decoded
            }
        }
        let portPart = hostAndPort[hostEnd...]
        if !portPart.isEmpty {
            guard portPart.first == ":" else { throw refuse("a : is missing before the port") }
            let digits = portPart.dropFirst()
            guard !digits.contains(":") else { throw refuse("put an IPv6 address into brackets") }
            if !digits.isEmpty {
                guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(digits), number > 0
                else { throw refuse("the port is no number from 1 to 65535") }
                port = number
            }
        }

        if !path.isEmpty {
            let segment = path.dropFirst()
            guard !segment.contains("/") else { throw refuse("percent-encode a / of the virtual host as %2f") }
            guard let decoded = Self.decoded(segment) else {
                throw refuse("the virtual host is not percent-encoded UTF-8")
            }
            virtualHost = decoded
        }
        for (name, value) in [("user", user), ("virtual host", virtualHost)] where (value?.utf8.count ?? 0) > 255 {
            throw refuse("the \(name) has more than 255 bytes")
        }
    }

    /// Everything between the first `:` after the scheme and the last `@` is taken for the password, so that a
    /// malformed URI does not show half of one. Without an `@`, everything behind that `:` is, unless it is a port.
    package static func redacted(_ uri: String) -> String {
        // A :// behind something that is no scheme may be part of a password.
        let scheme = uri.prefix { $0.isLetter }
        let start = uri[scheme.endIndex...].hasPrefix("://") ? uri.index(scheme.endIndex, offsetBy: 3) : uri.startIndex
        guard let end = uri.lastIndex(of: "@"), start <= end else { return redactedPort(uri, from: start) }
        guard let colon = uri[start..<end].firstIndex(of: ":") else { return uri }
        return "\(uri[...colon])***\(uri[end...])"
    }

    /// What stands where a port should, of a URI that may lack its host.
    private static func redactedPort(_ uri: String, from start: String.Index) -> String {
        guard uri[start...].first != "[", let colon = uri[start...].firstIndex(of: ":") else { return uri }
        let port = uri[colon...].dropFirst().prefix { $0 != "/" }
        return port.allSatisfy(\.isNumber) ? uri : "\(uri[...colon])***"
    }

    /// `nil`: a `%` without two hex digits, not UTF-8, or a NUL, which SASL PLAIN and C strings cannot carry.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }

    private static func hexValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }

    private static func isHostname(_ name: String) -> Bool {
        name.utf8.count <= 255
            && name.utf8.allSatisfy { byte in
                byte >= 0x80 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
                    || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
            }
    }

    private static func isIPv6(_ address: String) -> Bool {
        let parts = address.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard let digits = parts.first, digits.contains(":"), parts.count == 1 || isHostname(String(parts[1])) else {
            return false
        }
        return digits.utf8.allSatisfy { hexValue($0) != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
    }
}
