import AMQP
import IOThread

/// One connection with one channel, on a thread of its own that is this actor's executor.
actor RabbitMQConnection: AMQPConnection {
    /// Frames read in one go before jobs get their turn.
    private static let batch = 512

    nonisolated let events: AsyncStream<AMQPEvent>
    private nonisolated let output: AsyncStream<AMQPEvent>.Continuation
    private nonisolated let thread: IOThread
    private let watchdog: Watchdog

    /// `nil` once the connection is gone; then `end` says why.
    private var socket: BrokerSocket?
    private var end = AMQPError(.closedByUs, "not connected yet")
    private var watch: Watchdog.Watch?
    private var assembler = ContentAssembler()
    private var ledger = AckLedger(epoch: 0)
    private var unsent: [OutgoingMessage] = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

    init(watchdog: Watchdog) {
        (events, output) = AsyncStream.makeStream()
        thread = IOThread(name: "amqp")
        self.watchdog = watchdog
    }

    deinit {
        thread.stop()
    }

    func connect(to endpoint: AMQPEndpoint, name: String) throws(AMQPError) {
        let socket = try BrokerSocket(endpoint, name: name)
        self.socket = socket
        let heartbeats = Duration.seconds(3 * max(1, socket.heartbeat))
        watch = watchdog.watch(
            socket.descriptor, thread: thread, limit: max(heartbeats, endpoint.settings.callTimeout * 2)
        )
        thread.attach(self)
    }

    // MARK: - Calls

    func declare(_ exchange: ExchangeDeclaration, passive: Bool) throws(AMQPError) {
        try call { socket throws(AMQPError) in try socket.declare(exchange, passive: passive) }
    }

    func declare(_ queue: QueueDeclaration, passive: Bool) throws(AMQPError) -> String {
        try call { socket throws(AMQPError) in try socket.declare(queue, passive: passive) }
    }

    func bind(queue: String, exchange: String, routingKey: String) throws(AMQPError) {
        try call { socket throws(AMQPError) in
            try socket.bind(queue: queue, exchange: exchange, routingKey: routingKey)
        }
    }

    func selectConfirms() throws(AMQPError) {
        try call { socket throws(AMQPError) in try socket.selectConfirms() }
    }

    func consume(queue: String, consumerTag: String, prefetch: UInt16, exclusive: Bool) throws(AMQPError) {
        try call { socket throws(AMQPError) in
            try socket.consume(queue: queue, consumerTag: consumerTag, prefetch: prefetch, exclusive: exclusive)
        }
    }

    func cancelConsumer(tag: String) throws(AMQPError) {
        try call { socket throws(AMQPError) in try socket.cancelConsumer(tag: tag) }
        // What was delivered before the broker took notice has been queued by the library meanwhile.
        readFrames()
        output.yield(.consumerCancelled(tag: tag))
    }

    func publish(_ messages: [OutgoingMessage]) throws(AMQPError) {
        guard socket != nil else { throw end }
        unsent += messages
    }

    func settle(_ settlements: [Settlement]) throws(AMQPError) {
        guard socket != nil else { throw end }
        for settlement in settlements { _ = ledger.settle(settlement) }
    }

    func close() {
        guard socket != nil else { return }
        write()
        socket?.close()
        lose(AMQPError(.closedByUs, "closed"))
    }

    /// A call to the broker. Whatever goes wrong ends the connection: after a channel.close nothing can be done on it.
    private func call<Answer>(
        _ body: (BrokerSocket) throws(AMQPError) -> Answer
    ) throws(AMQPError) -> Answer {
        // Messages and settlements given before the call go before it.
        write()
        guard let socket else { throw end }
        do throws(AMQPError) {
            return try body(socket)
        } catch {
            // A value that cannot be sent has not touched the connection.
            if error.code != .invalid { lose(error) }
            throw error
        }
    }

    // MARK: - Frames

    private func readFrames() {
        guard let socket else { return }
        do throws(AMQPError) {
            var count = 0
            // A message that has begun is read to its end, so that no call comes between its frames.
            while count < Self.batch || !assembler.isIdle, let frame = try socket.nextFrame() {
                count += 1
                try received(frame)
                if self.socket == nil { return }
            }
            socket.releaseBuffers()
        } catch {
            lose(error)
        }
    }

    private func received(_ frame: BrokerSocket.Frame) throws(AMQPError) {
        switch frame {
        case .method(let method): try received(method)
        case .header(let bodySize, let message):
            received(try assembler.header(bodySize: bodySize, message: message))
        case .body(let fragment): received(try assembler.body(fragment))
        }
    }

    private func received(_ method: BrokerSocket.Method) throws(AMQPError) {
        switch method {
        case .deliver, .returned: try assembler.began(method)
        case .ack(let tag, let multiple): output.yield(.confirmed(tag: tag, multiple: multiple))
        case .nack(let tag, let multiple): output.yield(.rejected(tag: tag, multiple: multiple))
        case .cancel(let consumerTag): output.yield(.consumerCancelled(tag: consumerTag))
        case .blocked(let reason): output.yield(.blocked(reason: reason))
        case .unblocked: output.yield(.unblocked)
        case .closed(let error): throw error
        case .unknown(let number):
            throw AMQPError(.protocolViolation, "the broker sent method \(number >> 16).\(number & 0xffff)")
        }
    }

    private func received(_ content: ContentAssembler.Content?) {
        switch content {
        case .delivery(let delivery):
            _ = ledger.delivered(delivery.deliveryTag)
            output.yield(.delivered(delivery))
        case .returned(let message): output.yield(.returned(message))
        case nil: break
        }
    }

    /// Sends what the turn has left to be sent.
    private func write() {
        guard let socket, !unsent.isEmpty || ledger.mayFlush else { return }
        // With a stale receive clock the library's publish may never return; reading first finds that out
        // (rabbitmq.md 2.3).
        readFrames()
        let messages = unsent
        unsent = []
        do throws(AMQPError) {
            for frame in ledger.flush() { try socket.settle(frame) }
            for message in messages { try socket.publish(message) }
        } catch {
            lose(error)
        }
    }

    private func lose(_ error: AMQPError) {
        guard socket != nil else { return }
        // Before the descriptor is closed, and perhaps taken by somebody else.
        watch = nil
        socket = nil
        end = error
        unsent = []
        output.yield(.closed(error))
        output.finish()
    }

    private var rest: IOThread.Rest {
        guard let socket else { return IOThread.Rest(descriptor: nil, timeout: nil) }
        // Heartbeats are sent and checked while reading: often enough for both.
        return IOThread.Rest(
            descriptor: socket.descriptor, timeout: .milliseconds(max(250, socket.heartbeat * 1000 / 4))
        )
    }
}

extension RabbitMQConnection: IOThread.Client {
    nonisolated func read() {
        assumeIsolated { $0.readFrames() }
    }

    nonisolated func flush() -> IOThread.Rest {
        assumeIsolated { connection in
            connection.write()
            return connection.rest
        }
    }
}
