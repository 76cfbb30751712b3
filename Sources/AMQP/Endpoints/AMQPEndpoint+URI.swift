extension AMQPEndpoint {
    /// Reads `amqp://user:password@host:port/vhost`, or `amqps://`, by RabbitMQ's URI specification.
    ///
    /// Every part may be left out: guest, guest, localhost, 5672 (amqps: 5671), `/`. A path of `/` alone is the vhost
    /// with the empty name, `/%2f` the vhost `/`. An error never shows the password.
    package init(uri: String, tls: TLSSettings, settings: ConnectionSettings) throws(AMQPError) {
        let parts = try AMQPURI(uri)
        let password = parts.password ?? "guest"
        try self.init(parts, password: { password }, tls: tls, settings: settings)
    }

    /// The same with a password that is asked for at every login and may not stand in the URI.
    package init(
        uri: String,
        password: @escaping @Sendable () throws -> String,
        tls: TLSSettings,
        settings: ConnectionSettings
    ) throws(AMQPError) {
        let parts = try AMQPURI(uri)
        guard parts.password == nil else {
            throw AMQPError(
                .invalid,
                "The URI \(parts.shown) holds a password, and another is configured: take it out of the URI"
            )
        }
        try self.init(parts, password: password, tls: tls, settings: settings)
    }

    private init(
        _ parts: AMQPURI,
        password: @escaping @Sendable () throws -> String,
        tls: TLSSettings,
        settings: ConnectionSettings
    ) throws(AMQPError) {
        guard settings.heartbeat >= .seconds(1) else {
            throw AMQPError(.invalid, "The heartbeat of \(parts.shown) is under 1 s: a dead peer would go unnoticed")
        }
        self.init(
            host: parts.host ?? "localhost",
            port: parts.port ?? (parts.secure ? 5671 : 5672),
            virtualHost: parts.virtualHost ?? "/",
            user: parts.user ?? "guest",
            password: password,
            tls: parts.secure ? tls : nil,
            settings: settings
        )
    }
}
