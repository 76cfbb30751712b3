import AMQP

/// One connection to the fake broker.
struct SimulatedConnection: AMQPConnection {
    let id: Int
    let broker: SimulatedBroker
    let events: AsyncStream<AMQPEvent>
    let callTimeout: Duration

    func declare(_ exchange: ExchangeDeclaration, passive: Bool) async throws(AMQPError) {
        try await call { state -> Answer<Void> in
            guard let existing = state.exchanges[exchange.name] else {
                guard !passive else { return .refused(404, "NOT_FOUND - no exchange '\(exchange.name)' in vhost '/'") }
                state.exchanges[exchange.name] = BrokerState.Exchange(declaration: exchange)
                return .done(())
            }
            guard passive || existing.declaration == exchange else {
                return .refused(406, "PRECONDITION_FAILED - inequivalent arg for exchange '\(exchange.name)'")
            }
            return .done(())
        }
    }

    func declare(_ queue: QueueDeclaration, passive: Bool) async throws(AMQPError) -> String {
        try await call { state -> Answer<String> in
            var queue = queue
            if queue.name.isEmpty {
                state.lastQueueNumber += 1
                queue.name = "amq.gen-\(state.lastQueueNumber)"
            }
            guard let existing = state.queues[queue.name] else {
                guard !passive else { return .refused(404, "NOT_FOUND - no queue '\(queue.name)' in vhost '/'") }
                state.queues[queue.name] = BrokerState.Queue(declaration: queue, owner: queue.exclusive ? id : nil)
                return .done(queue.name)
            }
            if let owner = existing.owner, owner != id {
                return .refused(405, "RESOURCE_LOCKED - exclusive access to queue '\(queue.name)'")
            }
            guard passive || existing.declaration == queue else {
                return .refused(406, "PRECONDITION_FAILED - inequivalent arg for queue '\(queue.name)'")
            }
            return .done(queue.name)
        }
    }

    func bind(queue: String, exchange: String, routingKey: String) async throws(AMQPError) {
        try await call { state -> Answer<Void> in
            guard state.queues[queue] != nil else { return .refused(404, "NOT_FOUND - no queue '\(queue)'") }
            guard state.exchanges[exchange] != nil else {
                return .refused(404, "NOT_FOUND - no exchange '\(exchange)'")
            }
            let binding = Binding(queue: queue, exchange: exchange, routingKey: routingKey)
            if state.exchanges[exchange]?.bindings.contains(binding) == false {
                state.exchanges[exchange]?.bindings.append(binding)
            }
            return .done(())
        }
    }

    func selectConfirms() async throws(AMQPError) {
        try await call { state -> Answer<Void> in
            state.links[id]?.confirms = true
            return .done(())
        }
    }

    func consume(queue: String, consumerTag: String, prefetch: UInt16, exclusive: Bool) async throws(AMQPError) {
        try await call { state -> Answer<Void> in
            guard let existing = state.queues[queue] else {
                return .refused(404, "NOT_FOUND - no queue '\(queue)' in vhost '/'")
            }
            if let owner = existing.owner, owner != id {
                return .refused(405, "RESOURCE_LOCKED - exclusive access to queue '\(queue)'")
            }
            // A quorum queue takes no notice of it.
            let isExclusive = exclusive && !existing.isQuorum
            if isExclusive && !existing.consumers.isEmpty || existing.consumers.contains(where: \.isExclusive) {
                return .refused(403, "ACCESS_REFUSED - queue '\(queue)' in vhost '/' in exclusive use")
            }
            state.queues[queue]?.consumers.append(
                BrokerState.Consumer(
                    connection: id,
                    tag: consumerTag,
                    prefetch: Int(prefetch),
                    isExclusive: isExclusive
                )
            )
            state.dispatch(queue)
            return .done(())
        }
    }

    func cancelConsumer(tag: String) async throws(AMQPError) {
        try await call { state -> Answer<Void> in
            state.removeConsumers { $0.connection == id && $0.tag == tag }
            state.links[id]?.events.yield(.consumerCancelled(tag: tag))
            return .done(())
        }
    }

    func publish(_ messages: [OutgoingMessage]) async throws(AMQPError) {
        let now = broker.elapsed()
        try await call { state -> Answer<Void> in
            if let since = state.links[id]?.blockedSince {
                // In the same instant the word may still be on its way.
                if now > since { state.record.publishesWhileBlocked += 1 }
            } else if let reason = state.faults.blockedReason {
                state.links[id]?.blockedSince = now
                state.links[id]?.events.yield(.blocked(reason: reason))
            }
            state.accept(messages, from: id, at: now)
            return .done(())
        }
    }

    func settle(_ settlements: [Settlement]) async throws(AMQPError) {
        let now = broker.elapsed()
        let strange = try await call { state -> Answer<Settlement?> in
            var strange: Settlement?
            for settlement in settlements {
                let verdict = state.links[id]?.ledger.settle(settlement)
                if verdict != .taken { state.record.refusedSettlements += 1 }
                if verdict == .unknown { strange = settlement }
            }
            let frames = state.links[id]?.ledger.flush() ?? []
            state.apply(frames, from: id, at: now)
            return .done(strange)
        }
        if let strange {
            throw AMQPError(.invalid, "A settlement is for a delivery that this connection did not bring: \(strange)")
        }
    }

    func close() async {
        await Task.yield()
        let now = broker.elapsed()
        broker.change { $0.close(id, AMQPError(.closedByUs, "The connection was closed"), at: now) }
    }

    // MARK: - Calls

    private enum Answer<Value: Sendable>: Sendable {
        case done(Value)
        /// Closes the channel, and the connection with it.
        case refused(UInt16, String)
    }

    private func call<Value: Sendable>(
        _ body: (inout BrokerState) -> Answer<Value>
    ) async throws(AMQPError) -> Value {
        await Task.yield()
        if broker.change({ $0.faults.unresponsive }) {
            try? await broker.clock.sleep(for: callTimeout)
            let error = AMQPError(.timedOut, "The fake broker does not answer")
            let now = broker.elapsed()
            broker.change { $0.close(id, error, at: now) }
            throw error
        }
        let now = broker.elapsed()
        let result = broker.change { state -> Result<Value, AMQPError> in
            guard state.links[id] != nil else {
                return .failure(state.graves[id] ?? AMQPError(.connectionLost, "There is no such connection"))
            }
            switch body(&state) {
            case .done(let value): return .success(value)
            case .refused(let code, let text):
                let error = AMQPError(.channelClosed, text, replyCode: code)
                state.close(id, error, at: now)
                return .failure(error)
            }
        }
        return try result.get()
    }
}
