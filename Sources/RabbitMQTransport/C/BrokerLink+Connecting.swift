import AMQP
import CRabbitMQ
import Glibc

extension BrokerLink {
    /// TCP and, where asked for, TLS; within `limit`, but for the resolution of the name.
    func connect(to endpoint: AMQPEndpoint, within limit: Duration) throws(AMQPError) {
        let host = endpoint.host
        guard !host.utf8.contains(0), !host.isEmpty else { throw AMQPError(.invalid, "A broker's host is empty") }
        let socket = unsafe try socket(for: endpoint)
        var timeout = timeval(limit)
        // What setting TLS up may have left there is not to be taken for what ends the handshake.
        ERR_clear_error()
        let status = unsafe LibraryStatus(amqp_socket_open_noblock(socket, host, Int32(endpoint.port), &timeout))
        do {
            try status.check("Connecting to \(endpoint)")
        } catch {
            throw error.explained(for: endpoint)
        }
        setSocketOptions(patience: endpoint.settings.heartbeat * 3)
    }

    private func socket(for endpoint: AMQPEndpoint) throws(AMQPError) -> OpaquePointer {
        guard let tls = endpoint.tls else {
            guard let socket = unsafe amqp_tcp_socket_new(state) else {
                throw AMQPError(.connectionLost, "There is no memory left for a socket")
            }
            return unsafe socket
        }
        guard let socket = unsafe amqp_ssl_socket_new(state) else {
            throw AMQPError(.tls, "TLS for \(endpoint) cannot be set up")
        }
        unsafe amqp_ssl_socket_set_verify_peer(socket, 1)
        unsafe amqp_ssl_socket_set_verify_hostname(socket, tls.verifyHostname ? 1 : 0)
        // The upper bound "latest" leaves TLS 1.3 in.
        unsafe try LibraryStatus(amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST))
            .check("Requiring TLS 1.2 or later")
        if let authorities = tls.caFile {
            unsafe try tlsFile(
                amqp_ssl_socket_set_cacert(socket, authorities),
                "certificate authorities '\(authorities)'"
            )
        } else if unsafe acw_trust_system_authorities(socket) == 0 {
            throw AMQPError(.tls, "The system's certificate authorities cannot be loaded; name a file of them")
        }
        if let certificate = tls.certificateFile {
            guard let key = tls.keyFile else {
                throw AMQPError(.invalid, "The client certificate '\(certificate)' is named without its key file")
            }
            let files = "client certificate '\(certificate)' and key '\(key)'"
            unsafe try tlsFile(amqp_ssl_socket_set_key(socket, certificate, key), files)
        }
        return unsafe socket
    }

    private func tlsFile(_ status: Int32, _ what: String) throws(AMQPError) {
        guard status != LibraryStatus.ok.code else { return }
        throw AMQPError(.tls, "The \(what) cannot be read, or do not belong together; PEM files are needed")
    }

    /// Makes the kernel notice a dead peer too, in case the library is stuck in a call.
    private func setSocketOptions(patience: Duration) {
        set(IPPROTO_TCP.option, TCP_NODELAY, 1)
        set(SOL_SOCKET, SO_KEEPALIVE, 1)
        set(IPPROTO_TCP.option, TCP_USER_TIMEOUT, Int32(clamping: patience.components.seconds * 1000))
    }

    private func set(_ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        _ = unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}

extension Int {
    fileprivate var option: Int32 { Int32(self) }
}

extension AMQPError {
    /// The library's reasons for a failed connect, made plain.
    fileprivate func explained(for endpoint: AMQPEndpoint) -> AMQPError {
        switch code {
        case .connectionLost, .timedOut:
            return AMQPError(.unreachable, message)
        case .tls:
            guard endpoint.tls?.verifyHostname == true, endpoint.host.isAddress else { return self }
            let hint = "the library compares DNS names only, not addresses: connect by name"
            return AMQPError(.tls, "\(message) (\(hint))")
        case .unreachable, .loginRefused, .heartbeatMissed, .connectionClosed, .channelClosed, .protocolViolation,
            .closedByUs, .invalid:
            return self
        }
    }
}

extension String {
    /// An IPv4 or IPv6 address rather than a name.
    fileprivate var isAddress: Bool {
        contains(":") || allSatisfy { $0.isNumber || $0 == "." }
    }
}
