import AMQP
import CRabbitMQ
import Glibc

/// The library's connection, with one channel. Used on one thread only: the connection's I/O thread.
@safe
final class BrokerSocket {
    /// One frame that the broker sent by itself.
    enum Frame {
        case method(Method)
        case header(bodySize: UInt64, message: AMQPMessage)
        case body([UInt8])
    }

    enum Method {
        case deliver(consumerTag: String, deliveryTag: UInt64, redelivered: Bool, exchange: String, routingKey: String)
        case returned(code: UInt16, text: String, exchange: String, routingKey: String)
        case ack(tag: UInt64, multiple: Bool)
        case nack(tag: UInt64, multiple: Bool)
        case cancel(consumerTag: String)
        case blocked(reason: String)
        case unblocked
        case closed(AMQPError)
        case unknown(UInt32)
    }

    static let frameMax: Int32 = 131_072
    private static let channel: amqp_channel_t = 1
    /// Where Debian and its kin keep the authorities they trust.
    private static let systemAuthorities = "/etc/ssl/certs/ca-certificates.crt"

    private let state: amqp_connection_state_t
    let descriptor: Int32
    /// Negotiated, in seconds.
    let heartbeat: Int

    // MARK: - Connecting

    init(_ endpoint: AMQPEndpoint, name: String) throws(AMQPError) {
        guard let state = unsafe amqp_new_connection() else {
            throw AMQPError(.unreachable, "no memory for a connection")
        }
        unsafe self.state = state
        do throws(AMQPError) {
            let socket = unsafe try Self.makeSocket(endpoint, state)
            var timeout = endpoint.settings.connectTimeout.timeval
            let status = unsafe amqp_socket_open_noblock(socket, endpoint.host, Int32(endpoint.port), &timeout)
            try Self.check(status, "connecting to \(endpoint)", isConnecting: true)
            descriptor = unsafe amqp_get_sockfd(state)
            Self.tune(descriptor, heartbeat: endpoint.settings.heartbeat)
            var callTimeout = endpoint.settings.callTimeout.timeval
            unsafe amqp_set_handshake_timeout(state, &timeout)
            unsafe amqp_set_rpc_timeout(state, &callTimeout)
            unsafe try Self.login(endpoint, name: name, state)
            heartbeat = unsafe Int(amqp_get_heartbeat(state))
            unsafe amqp_channel_open(state, Self.channel)
            unsafe try Status.check(amqp_get_rpc_reply(state), "opening a channel")
        } catch {
            unsafe amqp_destroy_connection(state)
            throw error
        }
    }

    deinit {
        unsafe amqp_destroy_connection(state)
    }

    private static func makeSocket(
        _ endpoint: AMQPEndpoint, _ state: amqp_connection_state_t
    ) throws(AMQPError) -> OpaquePointer {
        guard let tls = endpoint.tls else {
            guard let socket = unsafe amqp_tcp_socket_new(state) else {
                throw AMQPError(.unreachable, "no memory for a socket")
            }
            return unsafe socket
        }
        guard let socket = unsafe amqp_ssl_socket_new(state) else {
            throw AMQPError(.tls, "no memory for a TLS socket")
        }
        let authorities = tls.caFile ?? systemAuthorities
        try checkTLS(unsafe amqp_ssl_socket_set_cacert(socket, authorities), "the authorities in \(authorities)")
        if let certificate = tls.certificateFile, let key = tls.keyFile {
            try checkTLS(
                unsafe amqp_ssl_socket_set_key(socket, certificate, key),
                "the client certificate \(certificate) and its key \(key)"
            )
        }
        unsafe amqp_ssl_socket_set_verify_peer(socket, 1)
        unsafe amqp_ssl_socket_set_verify_hostname(socket, tls.verifyHostname ? 1 : 0)
        try checkTLS(
            unsafe amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST), "TLS 1.2 or later"
        )
        return unsafe socket
    }

    private static func checkTLS(_ status: Int32, _ what: String) throws(AMQPError) {
        guard status == AMQP_STATUS_OK.rawValue else {
            throw AMQPError(.tls, "\(what) cannot be used: \(unsafe String(cString: amqp_error_string2(status)))")
        }
    }

    private static func login(
        _ endpoint: AMQPEndpoint, name: String, _ state: amqp_connection_state_t
    ) throws(AMQPError) {
        let arena = Arena()
        // Without these the broker stays silent when it cancels a consumer or blocks the connection (rabbitmq.md 2.2).
        let capabilities: AMQPTable = [
            "consumer_cancel_notify": .boolean(true), "connection.blocked": .boolean(true),
            "publisher_confirms": .boolean(true), "basic.nack": .boolean(true),
            "authentication_failure_close": .boolean(true),
        ]
        var properties = unsafe try Tables.encode(
            ["product": .string("azure-copy-worker"), "connection_name": .string(name), "capabilities": .table(capabilities)],
            in: arena
        )
        let heartbeat = Int32(max(1, endpoint.settings.heartbeat.components.seconds))
        let reply: amqp_rpc_reply_t
        if endpoint.user.isEmpty, endpoint.tls?.certificateFile != nil {
            unsafe reply = acw_login_external(state, endpoint.virtualHost, frameMax, heartbeat, &properties, "")
        } else {
            let password: String
            do {
                password = try endpoint.password()
            } catch {
                throw AMQPError(.loginRefused, "the password for \(endpoint) cannot be read: \(error)")
            }
            unsafe reply = acw_login_plain(
                state, endpoint.virtualHost, frameMax, heartbeat, &properties, endpoint.user, password
            )
        }
        do throws(AMQPError) {
            unsafe try Status.check(reply, "logging in to \(endpoint)", isConnecting: true)
        } catch {
            // 403 wrong credentials or no right to the virtual host, 530 no such virtual host.
            guard error.code == .connectionClosed else { throw error }
            throw AMQPError(.loginRefused, error.message, replyCode: error.replyCode)
        }
    }

    private static func tune(_ descriptor: Int32, heartbeat: Duration) {
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, size)
        _ = unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, size)
        var unacknowledged = Int32(clamping: heartbeat.components.seconds * 2000)
        _ = unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &unacknowledged, size)
    }

    // MARK: - Calls

    func declare(_ exchange: ExchangeDeclaration, passive: Bool) throws(AMQPError) {
        let arena = Arena()
        unsafe amqp_exchange_declare(
            state, Self.channel, try arena.shortText(exchange.name, "an exchange's name"), arena.text(exchange.type),
            passive ? 1 : 0, exchange.durable ? 1 : 0, 0, 0, try Tables.encode(exchange.arguments, in: arena)
        )
        try checkReply("declaring the exchange \(exchange.name)")
    }

    func declare(_ queue: QueueDeclaration, passive: Bool) throws(AMQPError) -> String {
        let arena = Arena()
        let declared = unsafe amqp_queue_declare(
            state, Self.channel, try arena.shortText(queue.name, "a queue's name"), passive ? 1 : 0,
            queue.durable ? 1 : 0, queue.exclusive ? 1 : 0, queue.autoDelete ? 1 : 0,
            try Tables.encode(queue.arguments, in: arena)
        )
        let name = unsafe declared?.pointee.queue.text
        try checkReply("declaring the queue \(queue.name)")
        return name ?? queue.name
    }

    func bind(queue: String, exchange: String, routingKey: String) throws(AMQPError) {
        let arena = Arena()
        unsafe amqp_queue_bind(
            state, Self.channel, try arena.shortText(queue, "a queue's name"),
            try arena.shortText(exchange, "an exchange's name"), try arena.shortText(routingKey, "a routing key"),
            amqp_table_t(num_entries: 0, entries: nil)
        )
        try checkReply("binding the queue \(queue) to \(exchange)")
    }

    func selectConfirms() throws(AMQPError) {
        unsafe amqp_confirm_select(state, Self.channel)
        try checkReply("switching confirms on")
    }

    func consume(queue: String, consumerTag: String, prefetch: UInt16, exclusive: Bool) throws(AMQPError) {
        let arena = Arena()
        unsafe amqp_basic_qos(state, Self.channel, 0, prefetch, 0)
        try checkReply("setting the prefetch")
        unsafe amqp_basic_consume(
            state, Self.channel, try arena.shortText(queue, "a queue's name"),
            try arena.shortText(consumerTag, "a consumer tag"), 0, 0, exclusive ? 1 : 0,
            amqp_table_t(num_entries: 0, entries: nil)
        )
        try checkReply("consuming from \(queue)")
    }

    func cancelConsumer(tag: String) throws(AMQPError) {
        let arena = Arena()
        unsafe amqp_basic_cancel(state, Self.channel, try arena.shortText(tag, "a consumer tag"))
        try checkReply("cancelling a consumer")
    }

    /// connection.close, within the call time-out.
    func close() {
        unsafe amqp_connection_close(state, 200)
    }

    private func checkReply(_ what: String) throws(AMQPError) {
        unsafe try Status.check(amqp_get_rpc_reply(state), what)
    }

    // MARK: - Writing

    func publish(_ outgoing: OutgoingMessage) throws(AMQPError) {
        let arena = Arena()
        var properties = unsafe try Properties.encode(outgoing.message, in: arena)
        let status = unsafe amqp_basic_publish(
            state, Self.channel, try arena.shortText(outgoing.exchange, "an exchange's name"),
            try arena.shortText(outgoing.routingKey, "a routing key"), outgoing.mandatory ? 1 : 0, 0, &properties,
            arena.bytes(outgoing.message.body)
        )
        try Self.check(status, "publishing")
    }

    func settle(_ frame: AckFrame) throws(AMQPError) {
        let multiple: amqp_boolean_t = frame.multiple ? 1 : 0
        let status =
            switch frame.kind {
            case .ack: unsafe amqp_basic_ack(state, Self.channel, frame.tag, multiple)
            case .reject(let requeue):
                unsafe amqp_basic_nack(state, Self.channel, frame.tag, multiple, requeue ? 1 : 0)
            }
        try Self.check(status, "settling a delivery")
    }

    // MARK: - Reading

    /// The next frame that has arrived, without waiting; also sends heartbeats that are due.
    func nextFrame() throws(AMQPError) -> Frame? {
        while true {
            var frame = unsafe amqp_frame_t()
            var noTime = timeval(tv_sec: 0, tv_usec: 0)
            let status = unsafe amqp_simple_wait_frame_noblock(state, &frame, &noTime)
            if status == AMQP_STATUS_TIMEOUT.rawValue { return nil }
            try Self.check(status, "reading")
            switch unsafe Int32(frame.frame_type) {
            case AMQP_FRAME_METHOD: return .method(unsafe Self.method(frame.payload.method))
            case AMQP_FRAME_HEADER:
                let header = unsafe frame.payload.properties
                guard let decoded = unsafe header.decoded else { continue }
                let properties = unsafe decoded.assumingMemoryBound(to: amqp_basic_properties_t.self).pointee
                return .header(bodySize: unsafe header.body_size, message: unsafe Properties.decode(properties))
            case AMQP_FRAME_BODY: return .body(unsafe frame.payload.body_fragment.copied)
            default: continue
            }
        }
    }

    /// Frees what the frames read so far were decoded into.
    func releaseBuffers() {
        unsafe amqp_maybe_release_buffers(state)
    }

    private static func method(_ method: amqp_method_t) -> Method {
        guard let decoded = unsafe method.decoded else { return .unknown(unsafe method.id) }
        switch unsafe method.id {
        case MethodNumber.basicDeliver:
            let deliver = unsafe decoded.assumingMemoryBound(to: amqp_basic_deliver_t.self).pointee
            return unsafe .deliver(
                consumerTag: deliver.consumer_tag.text, deliveryTag: deliver.delivery_tag,
                redelivered: deliver.redelivered != 0, exchange: deliver.exchange.text,
                routingKey: deliver.routing_key.text
            )
        case MethodNumber.basicReturn:
            let returned = unsafe decoded.assumingMemoryBound(to: amqp_basic_return_t.self).pointee
            return unsafe .returned(
                code: returned.reply_code, text: returned.reply_text.text, exchange: returned.exchange.text,
                routingKey: returned.routing_key.text
            )
        case MethodNumber.basicAck:
            let ack = unsafe decoded.assumingMemoryBound(to: amqp_basic_ack_t.self).pointee
            return unsafe .ack(tag: ack.delivery_tag, multiple: ack.multiple != 0)
        case MethodNumber.basicNack:
            let nack = unsafe decoded.assumingMemoryBound(to: amqp_basic_nack_t.self).pointee
            return unsafe .nack(tag: nack.delivery_tag, multiple: nack.multiple != 0)
        case MethodNumber.basicCancel:
            let cancel = unsafe decoded.assumingMemoryBound(to: amqp_basic_cancel_t.self).pointee
            return unsafe .cancel(consumerTag: cancel.consumer_tag.text)
        case MethodNumber.connectionBlocked:
            let blocked = unsafe decoded.assumingMemoryBound(to: amqp_connection_blocked_t.self).pointee
            return unsafe .blocked(reason: blocked.reason.text)
        case MethodNumber.connectionUnblocked: return .unblocked
        case MethodNumber.connectionClose, MethodNumber.channelClose:
            return .closed(unsafe Status.closed(by: method, "the broker closed"))
        case let id: return .unknown(id)
        }
    }

    private static func check(_ status: Int32, _ what: String, isConnecting: Bool = false) throws(AMQPError) {
        guard status == AMQP_STATUS_OK.rawValue else {
            throw Status.error(status, what, isConnecting: isConnecting)
        }
    }
}

extension Duration {
    var timeval: Glibc.timeval {
        Glibc.timeval(
            tv_sec: Int(components.seconds), tv_usec: Int(components.attoseconds / 1_000_000_000_000)
        )
    }
}
