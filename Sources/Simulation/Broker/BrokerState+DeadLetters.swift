import AMQP

extension BrokerState {
    /// To where the queue sends its dead; without such a place the message is gone.
    mutating func deadLetter(_ stored: Stored, from name: String, _ reason: String, at now: Duration) {
        guard let arguments = queues[name]?.declaration.arguments,
            let exchange = arguments["x-dead-letter-exchange"]?.text
        else { return }
        let routingKey = arguments["x-dead-letter-routing-key"]?.text ?? stored.routingKey
        let message = Self.dead(stored, in: name, reason, at: now)
        let names = route(exchange: exchange, routingKey: routingKey) ?? []
        _ = enqueue(message, exchange: exchange, routingKey: routingKey, into: names, at: now)
    }

    /// The newest death comes first; one in the same queue for the same reason is counted on.
    private static func dead(_ stored: Stored, in queue: String, _ reason: String, at now: Duration) -> AMQPMessage {
        var message = stored.message
        var death: AMQPTable = [
            "count": .integer(1), "reason": .string(reason), "queue": .string(queue),
            "time": .timestamp(UInt64(max(now.components.seconds, 0))), "exchange": .string(stored.exchange),
            "routing-keys": .array([.string(stored.routingKey)]),
        ]
        if let expiration = message.expiration { death["original-expiration"] = .string(expiration) }
        message.expiration = nil
        var deaths: [AMQPValue] = if case .array(let deaths) = message.headers["x-death"] { deaths } else { [] }
        if let index = deaths.firstIndex(where: { $0.isDeath(in: queue, reason) }),
            case .table(var earlier) = deaths.remove(at: index)
        {
            earlier["count"] = .integer((earlier["count"]?.number ?? 0) + 1)
            death = earlier
        }
        deaths.insert(.table(death), at: 0)
        message.headers["x-death"] = .array(deaths)
        if message.headers["x-first-death-queue"] == nil {
            message.headers["x-first-death-exchange"] = .string(stored.exchange)
            message.headers["x-first-death-queue"] = .string(queue)
            message.headers["x-first-death-reason"] = .string(reason)
        }
        return message
    }

    mutating func expire(at now: Duration) {
        for name in queues.keys.sorted() {
            // Only at the head, as RabbitMQ does (rabbitmq.md 1.6).
            while let first = queues[name]?.ready.first, let expires = first.expires, expires <= now {
                queues[name]?.ready.removeFirst()
                deadLetter(first, from: name, "expired", at: now)
            }
        }
    }
}

extension AMQPValue {
    fileprivate func isDeath(in queue: String, _ reason: String) -> Bool {
        guard case .table(let death) = self else { return false }
        return death["queue"]?.text == queue && death["reason"]?.text == reason
    }
}
