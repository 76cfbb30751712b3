import Logging
import Synchronization

extension AMQPConsumer: Supervised {
    var wantsConnection: Bool { state.withLock { !$0.stopRequested } }
    /// Without a connection no delivery can be settled.
    var hasUnfinished: Bool { false }

    func prepare(_ connection: any AMQPConnection, epoch: UInt64) async throws(AMQPError) {
        state.withLock { $0.link = Link(epoch: epoch) }
        try await settings.topology.establish(on: connection)
        for index in settings.queues.indices {
            guard wantsConnection else { return }
            try await consume(index, on: connection)
        }
    }

    func serve(_ connection: any AMQPConnection, epoch: UInt64) async -> SessionEnd {
        reportActive()
        return await withTaskGroup(of: SessionTaskEnd.self) { group in
            group.addTask { await self.receive(from: connection, epoch: epoch) }
            group.addTask { await self.sendSettlements(to: connection) }
            group.addTask { await self.keepConsumers(on: connection) }
            return await group.sessionEnd(on: connection)
        }
    }

    func disconnected(epoch: UInt64, end: SessionEnd) -> Aftermath {
        let (wasActive, stopRequested) = state.withLock { state in
            defer { state.link = nil }
            return (state.link?.wasActive ?? false, state.stopRequested)
        }
        if wasActive, case .lost(let error) = end { reports.yield(.lost(epoch: epoch, error)) }
        if stopRequested { reportStopped() }
        return .backOff
    }

    func shutdownRequested() {
        settlementsDue.ring()
    }

    func closed(because error: AMQPError?) {
        reports.finish()
        stopped.open()
    }
}

extension AMQPConsumer {
    // MARK: - Deliveries

    private func receive(from connection: any AMQPConnection, epoch: UInt64) async -> SessionTaskEnd {
        for await event in connection.events {
            switch event {
            case .delivered(let delivery):
                receive(delivery, epoch: epoch)
            case .consumerCancelled(let tag):
                consumerCancelled(tag)
            case .blocked(let reason):
                // A consuming connection publishes nothing, so that it can only be told, not held up.
                supervisor.blocked(reason)
            case .unblocked:
                supervisor.blocked(nil)
            case .confirmed, .rejected, .returned:
                supervisor.logger.warning("The broker answered a publish that this connection never made")
            case .closed(let error):
                return .closed(error)
            }
        }
        guard !Task.isCancelled else { return .idle }
        return .closed(AMQPError(.connectionLost, "The connection ended without saying why"))
    }

    private func receive(_ raw: RawDelivery, epoch: UInt64) {
        let queue = state.withLock { state in
            state.link?.consumers.first { $0.tag == raw.consumerTag }?.queue
        }
        guard let queue else {
            supervisor.logger.warning("A delivery for a consumer that is not ours goes back")
            return settle(DeliveryID(epoch: epoch, tag: raw.deliveryTag), .reject(requeue: true))
        }
        supervisor.count { $0.delivered += 1 }
        reports.yield(
            .delivered(
                Delivery(
                    id: DeliveryID(epoch: epoch, tag: raw.deliveryTag),
                    queue: queue,
                    redelivered: raw.redelivered,
                    exchange: raw.exchange,
                    routingKey: raw.routingKey,
                    message: raw.message
                )
            )
        )
    }

    private func sendSettlements(to connection: any AMQPConnection) async -> SessionTaskEnd {
        while !Task.isCancelled {
            // Asked first: what is settled before the shutdown is asked for goes out with it.
            let isLast = supervisor.isShuttingDown
            let settlements = state.withLock { state -> [Settlement] in
                guard isLast || !state.stopRequested else { return [] }
                defer { state.link?.settlements = [] }
                return state.link?.settlements ?? []
            }
            if settlements.isEmpty {
                if isLast { return .orderly }
                await settlementsDue.wait()
                continue
            }
            do throws(AMQPError) {
                try await connection.settle(settlements)
                supervisor.count { $0.settled += settlements.count }
            } catch {
                // A mistake of ours, of which the broker heard nothing; the other settlements went their way.
                guard error.code == .invalid else { return .failed(error) }
                supervisor.logger.error("A settlement was refused", metadata: [LogKey.error: "\(error)"])
            }
        }
        return .idle
    }

    // MARK: - Consumers

    private func consume(_ index: Int, on connection: any AMQPConnection) async throws(AMQPError) {
        let consumed = settings.queues[index]
        let queue: String
        switch consumed.source {
        case .named(let name):
            queue = name
        case .serverNamed(let subscriptions):
            let declaration = QueueDeclaration(name: "", durable: false, exclusive: true, autoDelete: true)
            queue = try await connection.declare(declaration, passive: false)
            for subscription in subscriptions {
                let binding = Binding(
                    queue: queue,
                    exchange: subscription.exchange,
                    routingKey: subscription.routingKey
                )
                try await binding.establish(on: connection)
            }
        }
        let tag = "consumer-\(index + 1)"
        // Known before consume-ok, since the first delivery may come with it.
        state.withLock { state in
            state.link?.consumers.removeAll { $0.index == index }
            state.link?.consumers.append(Consumer(index: index, tag: tag, queue: queue))
        }
        do {
            try await connection.consume(
                queue: queue,
                consumerTag: tag,
                prefetch: consumed.prefetch,
                exclusive: false
            )
        } catch {
            throw error.explained { code in
                switch code {
                case 403: "The user may not consume from the queue '\(queue)', or another holds it exclusively"
                case 404:
                    "There is no queue '\(queue)' to consume from: declare it, or set the topology mode to declare"
                default: "The broker would not let us consume from the queue '\(queue)'"
                }
            }
        }
    }

    private func reportActive() {
        let report = state.withLock { state -> ConsumerEvent? in
            // Stopped before the first consumer: nothing will be delivered that this would have to precede.
            guard let link = state.link, !link.consumers.isEmpty || !state.stopRequested else { return nil }
            state.link?.isActive = true
            state.link?.wasActive = true
            let consumers = link.consumers.sorted { $0.index < $1.index }
            return .active(epoch: link.epoch, queues: consumers.map(\.queue))
        }
        if let report { reports.yield(report) }
    }

    private func consumerCancelled(_ tag: String) {
        let (queue, isWanted) = state.withLock { state -> (String?, Bool) in
            guard let index = state.link?.consumers.firstIndex(where: { $0.tag == tag }) else { return (nil, false) }
            state.link?.consumers[index].isConsuming = false
            state.link?.isActive = false
            return (state.link?.consumers[index].queue, !state.stopRequested)
        }
        if let queue, isWanted {
            supervisor.count { $0.consumersCancelled += 1 }
            supervisor.logger.warning(
                "The broker cancelled a consumer: its queue was deleted or is out of reach; trying to consume again",
                metadata: [LogKey.queue: "\(queue)"]
            )
        }
        consumersChanged.ring()
    }

    /// Cancels all consumers when asked to, and brings back those that the broker cancelled.
    private func keepConsumers(on connection: any AMQPConnection) async -> SessionTaskEnd {
        var backoff = settings.backoff
        var completeSince = supervisor.stopwatch.elapsed
        var due: Duration?
        while !Task.isCancelled {
            let (stopRequested, missing) = state.withLock { state in
                (state.stopRequested, state.link?.consumers.filter { !$0.isConsuming }.map(\.index).sorted() ?? [])
            }
            let now = supervisor.stopwatch.elapsed
            do throws(AMQPError) {
                if stopRequested {
                    if !stopped.isOpen { try await cancelConsumers(on: connection) }
                    reportStopped()
                    await consumersChanged.wait()
                } else if missing.isEmpty {
                    await consumersChanged.wait()
                } else if let time = due, now >= time {
                    due = nil
                    try await settings.topology.establish(on: connection)
                    for index in missing { try await consume(index, on: connection) }
                    completeSince = supervisor.stopwatch.elapsed
                    reportActiveIfComplete()
                } else if let time = due {
                    await consumersChanged.wait(atMost: time - now, by: supervisor.stopwatch)
                } else {
                    backoff.ended(after: now - completeSince)
                    due = now + backoff.next(random: supervisor.random())
                }
            } catch {
                return .failed(error)
            }
        }
        return .idle
    }

    /// Returns when the last delivery of each consumer has been reported.
    private func cancelConsumers(on connection: any AMQPConnection) async throws(AMQPError) {
        for tag in consumingTags { try await connection.cancelConsumer(tag: tag) }
        let deadline = supervisor.stopwatch.elapsed + settings.shutdownLimit
        while !consumingTags.isEmpty, !Task.isCancelled {
            let now = supervisor.stopwatch.elapsed
            guard now < deadline else {
                return supervisor.logger.warning("The end of the deliveries was not announced; taken as reached")
            }
            await consumersChanged.wait(atMost: deadline - now, by: supervisor.stopwatch)
        }
    }

    private var consumingTags: [String] {
        state.withLock { $0.link?.consumers.filter(\.isConsuming).map(\.tag) ?? [] }
    }

    private func reportActiveIfComplete() {
        let isComplete = state.withLock { $0.link?.consumers.allSatisfy(\.isConsuming) ?? false }
        if isComplete { reportActive() }
    }

    func reportStopped() {
        let isNews = state.withLock { state in
            defer { state.stopReported = true }
            return !state.stopReported
        }
        guard isNews else { return }
        reports.yield(.stopped)
        stopped.open()
    }
}
