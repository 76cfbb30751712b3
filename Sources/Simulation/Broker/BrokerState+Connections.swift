import AMQP

extension BrokerState {
    /// Says something to a client, as soon as the network lets it through.
    mutating func say(_ event: AMQPEvent, confirming confirmed: [OutgoingMessage] = [], to connection: Int) {
        guard let link = links[connection], !link.isAbandoned else { return }
        if link.isCut {
            links[connection]?.held.append(Saying(event: event, confirmed: confirmed))
        } else {
            if let observer { for message in confirmed { observer.confirmed(message, to: link.name) } }
            link.events.yield(event)
        }
    }

    /// - Parameter isSilent: the client is not told: the network between the two is cut.
    mutating func close(_ connection: Int, _ error: AMQPError, isSilent: Bool = false, at now: Duration) {
        guard let link = links.removeValue(forKey: connection) else { return }
        graves[connection] = error
        removeConsumers { $0.connection == connection }
        for name in queues.keys.sorted() where queues[name]?.owner == connection { delete(queue: name) }
        for delivery in link.unsettled {
            observer?.returned(
                delivery.stored.message,
                from: delivery.queue,
                by: link.name,
                heldSince: delivery.since,
                at: now
            )
            putBack(delivery, handedBack: false, at: now)
        }
        if isSilent, !link.isAbandoned {
            ghosts[connection] = (link.name, link.events)
        } else if !link.isAbandoned {
            link.events.yield(.closed(error))
            link.events.finish()
        }
        for name in queues.keys.sorted() { dispatch(name, at: now) }
    }

    /// A queue that deletes itself is gone with its last consumer.
    mutating func removeConsumers(where isMeant: (Consumer) -> Bool) {
        for name in queues.keys.sorted() {
            guard let queue = queues[name], queue.consumers.contains(where: isMeant) else { continue }
            queues[name]?.consumers.removeAll(where: isMeant)
            if queue.declaration.autoDelete, queues[name]?.consumers.isEmpty == true { delete(queue: name) }
        }
    }

    /// With its messages and bindings; its consumers are told.
    mutating func delete(queue: String) {
        cancelConsumers(of: queue)
        queues[queue] = nil
        for name in exchanges.keys.sorted() { exchanges[name]?.bindings.removeAll { $0.queue == queue } }
    }

    mutating func cancelConsumers(of name: String) {
        for consumer in queues[name]?.consumers ?? [] {
            say(.consumerCancelled(tag: consumer.tag), to: consumer.connection)
        }
        queues[name]?.consumers = []
    }
}
