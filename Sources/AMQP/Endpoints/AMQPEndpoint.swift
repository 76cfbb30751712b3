/// One node of a broker, as an `amqp://` or `amqps://` URI names it, with the connection's settings.
package struct AMQPEndpoint: Sendable {
    package var host: String
    package var port: UInt16
    package var virtualHost: String
    package var user: String
    /// Handed to the library at login and nowhere else; `description` never shows it.
    package var password: @Sendable () throws -> String
    /// `nil`: plain TCP.
    package var tls: TLSSettings?
    package var settings: ConnectionSettings

    package init(
        host: String,
        port: UInt16,
        virtualHost: String,
        user: String,
        password: @escaping @Sendable () throws -> String,
        tls: TLSSettings?,
        settings: ConnectionSettings
    ) {
        self.host = host
        self.port = port
        self.virtualHost = virtualHost
        self.user = user
        self.password = password
        self.tls = tls
        self.settings = settings
    }
}

extension AMQPEndpoint {
    /// The same node, for somebody in a hurry.
    func connecting(within limit: Duration) -> AMQPEndpoint {
        var endpoint = self
        endpoint.settings.connectTimeout = min(settings.connectTimeout, limit)
        return endpoint
    }
}

extension AMQPEndpoint: CustomStringConvertible {
    /// The URI without the password, for logs.
    package var description: String {
        let host = host.contains(":") ? "[\(host)]" : host
        return
            "\(tls == nil ? "amqp" : "amqps")://\(user)@\(host):\(port)\(virtualHost == "/" ? "" : "/" + virtualHost)"
    }
}

/// TLS 1.2 or later; the peer's certificate is always verified.
package struct TLSSettings: Hashable, Sendable {
    /// PEM file of the authorities to trust; `nil`: the system's.
    package var caFile: String?
    /// PEM files of the client's certificate and key.
    package var certificateFile: String?
    package var keyFile: String?
    package var verifyHostname: Bool

    package init(
        caFile: String? = nil,
        certificateFile: String? = nil,
        keyFile: String? = nil,
        verifyHostname: Bool = true
    ) {
        self.caFile = caFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.verifyHostname = verifyHostname
    }
}

package struct ConnectionSettings: Hashable, Sendable {
    /// Whole seconds, at least 1; the peer is given up within two of them.
    package var heartbeat: Duration = .seconds(15)
    package var connectTimeout: Duration = .seconds(10)
    package var callTimeout: Duration = .seconds(10)

    package init() {}
}
