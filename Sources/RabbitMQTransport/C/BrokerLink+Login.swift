import AMQP
import CRabbitMQ
import Glibc

extension BrokerLink {
    /// Logs in and opens the channel, within `limit`; later calls are bounded by the endpoint's `callTimeout`.
    func logIn(to endpoint: AMQPEndpoint, name: String, within limit: Duration) throws(AMQPError) {
        var timeout = timeval(limit)
        unsafe try LibraryStatus(amqp_set_handshake_timeout(state, &timeout)).check("Setting a time-out")
        unsafe try LibraryStatus(amqp_set_rpc_timeout(state, &timeout)).check("Setting a time-out")
        defer { pool.recycle() }
        var properties = unsafe try pool.table(Self.clientProperties(connectionName: name))
        do {
            unsafe try login(to: endpoint, &properties).check("Logging in to \(endpoint)")
        } catch {
            throw error.asLoginError
        }
        _ = unsafe amqp_channel_open(state, Self.channel)
        unsafe try LibraryReply(amqp_get_rpc_reply(state)).check("Opening a channel at \(endpoint)")
        releaseBuffers()
        var callTimeout = timeval(endpoint.settings.callTimeout)
        unsafe try LibraryStatus(amqp_set_rpc_timeout(state, &callTimeout)).check("Setting a time-out")
    }

    private func login(
        to endpoint: AMQPEndpoint,
        _ properties: inout amqp_table_t
    ) throws(AMQPError) -> LibraryReply {
        // Never 0, which switches heartbeats off whatever the server proposes.
        let heartbeat = Int32(clamping: max(1, endpoint.settings.heartbeat.components.seconds))
        let virtualHost = endpoint.virtualHost
        try Self.checkText(virtualHost, "virtual host")
        if endpoint.user.isEmpty, endpoint.tls?.certificateFile != nil {
            // RabbitMQ takes the name from the certificate and ignores this one, which the library wants all the same.
            return unsafe LibraryReply(
                acw_login_external(state, virtualHost, 1, Self.frameSize, heartbeat, &properties, "certificate")
            )
        }
        let password: String
        do {
            password = try endpoint.password()
        } catch {
            throw AMQPError(.invalid, "The password of \(endpoint) cannot be read: \(error)")
        }
        try Self.checkText(endpoint.user, "user name")
        try Self.checkText(password, "password")
        return unsafe LibraryReply(
            acw_login_plain(state, virtualHost, 1, Self.frameSize, heartbeat, &properties, endpoint.user, password)
        )
    }

    /// The text itself stays out of the error: it may be a password.
    private static func checkText(_ text: String, _ what: String) throws(AMQPError) {
        guard !text.utf8.contains(0), text.utf8.count <= 4096 else {
            throw AMQPError(.invalid, "The \(what) holds a zero byte or is longer than 4096 bytes")
        }
    }

    /// Without these capabilities the broker neither cancels a consumer whose queue is gone nor says that it blocks
    /// us (rabbitmq.md 2.2).
    static func clientProperties(connectionName: String) -> AMQPTable {
        [
            "connection_name": .string(connectionName),
            "product": .string("azure-copy-worker"),
            "version": .string(version),
            "platform": .string(unsafe "Swift, librabbitmq \(String(cString: amqp_version()))"),
            "capabilities": .table([
                "consumer_cancel_notify": .boolean(true),
                "connection.blocked": .boolean(true),
                "publisher_confirms": .boolean(true),
                "basic.nack": .boolean(true),
                "authentication_failure_close": .boolean(true),
            ]),
        ]
    }

    private static let version = "1.0"
}

extension AMQPError {
    /// A broker that closes during the login refuses it: 403 for user and password, 530 and 402 for the virtual host.
    fileprivate var asLoginError: AMQPError {
        guard code == .connectionClosed, let replyCode else { return self }
        switch replyCode {
        case 402, 403, 530: return AMQPError(.loginRefused, message, replyCode: replyCode)
        default: return self
        }
    }
}
