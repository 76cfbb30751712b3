import AMQP

extension BrokerState {
    mutating func close(_ connection: Int, _ error: AMQPError, at now: Duration) {
        guard let link = links.removeValue(forKey: connection) else { return }
        graves[connection] = error
        removeConsumers { $0.connection == connection }
        for name in queues.keys.sorted() where queues[name]?.owner == connection { delete(queue: name) }
        for delivery in link.unsettled { putBack(delivery, handedBack: false, at: now) }
        link.events.yield(.closed(error))
        link.events.finish()
        for name in queues.keys.sorted() { dispatch(name) }
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
            links[consumer.connection]?.events.yield(.consumerCancelled(tag: consumer.tag))
        }
        queues[name]?.consumers = []
    }
}
