package import AMQP

extension RabbitMQConnection: AMQPConnection {
    nonisolated package func declare(_ exchange: ExchangeDeclaration, passive: Bool) async throws(AMQPError) {
        try await call { link throws(AMQPError) in try link.declare(exchange, passive: passive) }
    }

    nonisolated package func declare(_ queue: QueueDeclaration, passive: Bool) async throws(AMQPError) -> String {
        try await call { link throws(AMQPError) in try link.declare(queue, passive: passive) }
    }

    nonisolated package func bind(queue: String, exchange: String, routingKey: String) async throws(AMQPError) {
        try await call { link throws(AMQPError) in
            try link.bind(queue: queue, exchange: exchange, routingKey: routingKey)
        }
    }

    nonisolated package func selectConfirms() async throws(AMQPError) {
        try await call { link throws(AMQPError) in try link.selectConfirms() }
    }

    nonisolated package func consume(
        queue: String,
        consumerTag: String,
        prefetch: UInt16,
        exclusive: Bool
    ) async throws(AMQPError) {
        try await call { link throws(AMQPError) in
            try link.consume(queue: queue, consumerTag: consumerTag, prefetch: prefetch, exclusive: exclusive)
        }
    }

    nonisolated package func cancelConsumer(tag: String) async throws(AMQPError) {
        let alarm = alarm()
        defer { watchdog.callOff(alarm) }
        try await cancel(tag)
    }

    /// Returns when all messages are checked and in line; they go out, in order, before the thread sleeps again. While
    /// the broker blocks the connection they wait.
    package func publish(_ messages: [OutgoingMessage]) throws(AMQPError) {
        let session = try session()
        for message in messages { try session.link.check(message) }
        session.outbox.append(messages)
    }

    /// Throws `.invalid` when one of the deliveries was never this connection's; the others are settled. A delivery
    /// that is settled already is left alone.
    package func settle(_ settlements: [Settlement]) throws(AMQPError) {
        let session = try session()
        var strange: Settlement?
        for settlement in settlements {
            switch session.ledger.settle(settlement) {
            case .taken, .repeated: break
            case .unknown: strange = settlement
            }
        }
        if let strange {
            throw AMQPError(.invalid, "A settlement is for a delivery that this connection did not bring: \(strange)")
        }
    }

    nonisolated package func close() async {
        let alarm = alarm()
        await closeOrderly()
        watchdog.callOff(alarm)
    }

    private func closeOrderly() {
        guard case .open(let session) = phase else {
            end(AMQPError(.closedByUs, "The connection was closed before it was open"))
            return
        }
        do throws(AMQPError) {
            try sendSettlements(session)
            while !session.isBlocked, let message = session.outbox.next() { try session.link.publish(message) }
            session.link.close(within: settings.callTimeout)
        } catch {
            // It is gone already, which is what was asked for.
        }
        end(AMQPError(.closedByUs, "The connection was closed"))
    }

    private func cancel(_ tag: String) throws(AMQPError) {
        try perform { link throws(AMQPError) in try link.cancelConsumer(tag: tag) }
        let session = try session()
        do throws(AMQPError) {
            // Deliveries that came before the broker's answer go first.
            try readFramesAside(session)
        } catch {
            end(error)
            throw error
        }
        eventSink.yield(.consumerCancelled(tag: tag))
    }

    private nonisolated func alarm() -> Watchdog.Alarm {
        watchdog.alarm(after: settings.callTimeout + .seconds(1)) { [ward] in ward.cut() }
    }

    /// A call that waits for the broker. The watchdog's time runs from here, so that it covers the wait for the thread.
    private nonisolated func call<Answer: Sendable>(
        _ body: @Sendable (BrokerLink) throws(AMQPError) -> Answer
    ) async throws(AMQPError) -> Answer {
        let alarm = alarm()
        defer { watchdog.callOff(alarm) }
        return try await perform(body)
    }

    private func perform<Answer: Sendable>(
        _ body: @Sendable (BrokerLink) throws(AMQPError) -> Answer
    ) throws(AMQPError) -> Answer {
        let session = try session()
        do throws(AMQPError) {
            // What was settled and published before the call is to reach the broker before it.
            try sendSettlements(session)
            try sendMessages(session)
            return try body(session.link)
        } catch {
            // What we refused ourselves never reached the broker.
            guard error.code != .invalid else { throw error }
            end(error)
            throw error
        }
    }
}
