package import CopyDomain

/// How Azure is called.
package struct AzureConfiguration: Hashable, Sendable {
    /// From the moment of sending to the last byte of the answer.
    package var requestTimeout: Duration
    package var connectTimeout: Duration
    /// Endpoints may be `http://` on other hosts than this one: for an emulator.
    package var allowPlainHTTP: Bool
    /// A PEM file of authorities to trust besides the system's.
    package var caFile: String?
    package var proxy: ProxyConfiguration?
}

/// The way to Azure through an HTTP proxy.
package struct ProxyConfiguration: Hashable, Sendable {
    /// Without brackets.
    package var host: String
    package var port: Int
    package var login: Login?
    /// Hosts that are called directly.
    package var exceptions: [String]

    package struct Login: Hashable, Sendable {
        package var user: String
        package var password: Secret
    }
}
