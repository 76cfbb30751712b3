package import CopyDomain

/// An HTTP proxy that connects through to any host: what is inside the connection it does not see.
package struct ProxySettings: Hashable, Sendable {
    package var host: String
    package var port: Int
    package var user: String?
    package var password: Secret?
    /// Hosts that are called directly: `host` with everything below it, `.domain` for what is below it only.
    package var exceptions: [String]

    package init(
        host: String,
        port: Int,
        user: String? = nil,
        password: Secret? = nil,
        exceptions: [String] = []
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.exceptions = exceptions
    }

    /// Whether calls to a host go through the proxy; `host` without brackets, in any letter case.
    func covers(host: String) -> Bool {
        let host = host.lowercased()
        return !exceptions.contains { exception in
            let exception = exception.lowercased()
            return exception.hasPrefix(".")
                ? host.hasSuffix(exception) : host == exception || host.hasSuffix("." + exception)
        }
    }
}
