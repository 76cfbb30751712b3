/// A request as it comes over a wire, or from the same process.
package struct WireRequest: Sendable {
    /// The name of the resource that is called.
    package var resource: String
    package var method: String
    /// Path and query as they were sent.
    package var target: String
    package var headers: HeaderList
    package var body: [UInt8]
    /// `scheme://host:port` as the caller wrote it.
    package var base: String
    /// When the head was read; nil is the moment of the exchange.
    package var arrival: Moment?

    /// The largest body that a resource reads.
    package static let largestBody = 1_048_576

    package init(
        resource: String,
        method: String,
        target: String,
        headers: HeaderList = [:],
        body: [UInt8] = [],
        base: String,
        arrival: Moment? = nil
    ) {
        self.resource = resource
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.base = base
        self.arrival = arrival
    }

    /// A call of `https://{resource}.{anything}/{target}`.
    ///
    /// - Returns: nil when `url` has no scheme and no host.
    package init?(_ method: String, url: String, headers: HeaderList = [:], body: [UInt8] = []) {
        guard let colon = url.utf8.firstIndex(of: UInt8(ascii: ":")), url[colon...].hasPrefix("://") else { return nil }
        let rest = url.utf8[colon...].dropFirst(3)
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        let name = authority.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: ":") }
        guard !name.isEmpty else { return nil }
        let target = url[authority.endIndex...]
        self.init(
            resource: Substring(name).lowercased(),
            method: method,
            target: target.hasPrefix("/") ? String(target) : "/" + target,
            headers: headers,
            body: body,
            base: String(url[..<authority.endIndex])
        )
    }
}
