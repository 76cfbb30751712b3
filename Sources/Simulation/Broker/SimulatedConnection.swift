import AMQP

/// One connection to the simulated broker.
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
        let now = broker.elapsed()
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
            state.dispatch(queue, at: now)
            return .done(())
        }
    }

    func cancelConsumer(tag: String) async throws(AMQPError) {
        try await call { state -> Answer<Void> in
            state.removeConsumers { $0.connection == id && $0.tag == tag }
            state.say(.consumerCancelled(tag: tag), to: id)
            return .done(())
        }
    }

    func publish(_ messages: [OutgoingMessage]) async throws(AMQPError) {
        try await write { [id, broker] state in
            let now = broker.elapsed()
            if let since = state.links[id]?.blockedSince {
                // In the same instant the word may still be on its way.
                if now > since { state.record.publishesWhileBlocked += 1 }
            } else if let reason = state.faults.blockedReason {
                state.links[id]?.blockedSince = now
                state.say(.blocked(reason: reason), to: id)
            }
            guard state.faults.confirmsEarly else { return state.accept(messages, from: id, at: now) }
            let last = (state.links[id]?.lastPublishTag ?? 0) + UInt64(messages.count)
            state.links[id]?.lastPublishTag = last
            state.say(.confirmed(tag: last, multiple: true), to: id)
            state.laterWork.append { $0.accept(messages, from: id, at: broker.elapsed()) }
        }
    }

    func settle(_ settlements: [Settlement]) async throws(AMQPError) {
        let strange = Shared<Settlement?>(nil)
        try await write { [id, broker] state in
            for settlement in settlements {
                let verdict = state.links[id]?.ledger.settle(settlement)
                if verdict != .taken { state.record.refusedSettlements += 1 }
                if verdict == .unknown { strange.withLock { $0 = settlement } }
            }
            let frames = state.links[id]?.ledger.flush() ?? []
            state.apply(frames, from: id, at: broker.elapsed())
        }
        if let strange = strange.withLock({ $0 }) {
            throw AMQPError(.invalid, "A settlement is for a delivery that this connection did not bring: \(strange)")
        }
    }

    func close() async {
        await Task.yield()
        let now = broker.elapsed()
        broker.change { state in
            if state.links[id]?.isCut == true {
                state.abandon(id, AMQPError(.closedByUs, "The connection was closed"))
            } else {
                state.close(id, AMQPError(.closedByUs, "The connection was closed"), at: now)
            }
        }
    }

    // MARK: - Calls

    private enum Answer<Value: Sendable>: Sendable {
        case done(Value)
        /// Closes the channel, and the connection with it.
        case refused(UInt16, String)
    }

    /// Hands bytes to the socket, which takes them also while nothing gets through; no answer is waited for.
    private func write(_ body: @escaping @Sendable (inout BrokerState) -> Void) async throws(AMQPError) {
        try await call(isAnswered: false) { state -> Answer<Void> in
            if state.links[id]?.isCut == true {
                state.links[id]?.heldWrites.append(body)
            } else {
                body(&state)
            }
            return .done(())
        }
    }

    private func call<Value: Sendable>(
        isAnswered: Bool = true,
        _ body: (inout BrokerState) -> Answer<Value>
    ) async throws(AMQPError) -> Value {
        await Task.yield()
        let isSilent = broker.change { state in
            if state.faults.unresponsive { return true }
            return isAnswered && (state.links[id]?.isCut == true || state.ghosts[id] != nil)
        }
        if isSilent {
            try? await broker.clock.sleep(for: callTimeout)
            let error = AMQPError(.timedOut, "The simulated broker does not answer")
            let now = broker.elapsed()
            broker.change { state in
                if state.links[id]?.isCut == true { return state.abandon(id, error) }
                state.dismiss(ghost: id, error)
                state.close(id, error, at: now)
            }
            throw error
        }
        let now = broker.elapsed()
        let result = broker.change { state -> Result<Value, AMQPError> in
            guard let link = state.links[id], !link.isAbandoned else {
                // What a client writes to a connection that only the broker knows to be over goes nowhere.
                if !isAnswered, state.ghosts[id] != nil, let nothing = () as? Value { return .success(nothing) }
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
