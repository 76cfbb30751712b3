import AMQP

/// What stands on the simulated broker: exchanges, queues, and who is connected. Plain state; the broker locks it.
struct BrokerState {
    /// Something that the broker says, and the messages whose confirm it is.
    struct Saying {
        let event: AMQPEvent
        var confirmed: [OutgoingMessage] = []
    }

    struct Exchange {
        let declaration: ExchangeDeclaration
        var bindings: [Binding] = []
    }

    struct Stored {
        var message: AMQPMessage
        var exchange: String
        var routingKey: String
        /// Deliveries that came back.
        var deliveryCount: Int64 = 0
        var redelivered = false
        /// Counts arrivals at the broker, so that a message that comes back keeps its place.
        var position: UInt64
        var expires: Duration?
    }

    struct Queue {
        let declaration: QueueDeclaration
        /// The connection that it is exclusive to.
        var owner: Int?
        /// By position.
        var ready: [Stored] = []
        /// In turn.
        var consumers: [Consumer] = []

        var isQuorum: Bool { declaration.arguments["x-queue-type"]?.text == "quorum" }
        /// After more deliveries than this came back the message is dead; `nil`: never.
        var deliveryLimit: Int64? { isQuorum ? declaration.arguments["x-delivery-limit"]?.number : nil }
        var longest: Int64? { declaration.arguments["x-max-length"]?.number }
        /// Who is over the length: the newest, which is refused, or the oldest, which is dropped.
        var refusesWhenFull: Bool { declaration.arguments["x-overflow"]?.text == "reject-publish" }
    }

    struct Consumer {
        let connection: Int
        let tag: String
        let prefetch: Int
        var isExclusive = false
        var outstanding = 0
    }

    struct Unsettled {
        let tag: UInt64
        let queue: String
        let consumerTag: String
        let stored: Stored
        let since: Duration
    }

    struct Link {
        let name: String
        let node: String
        let user: String
        let events: AsyncStream<AMQPEvent>.Continuation
        var ledger: AckLedger
        var unsettled: [Unsettled] = []
        var lastDeliveryTag: UInt64 = 0
        var confirms = false
        var lastPublishTag: UInt64 = 0
        /// When it was told of the alarm; it is not heard until that is over.
        var blockedSince: Duration?
        /// Answers that a fault keeps back.
        var heldAnswers: [Saying] = []
        /// Nothing passes between the two sides for now.
        var isCut = false
        /// What is on its way to the client of a cut connection.
        var held: [Saying] = []
        /// What is on its way from there.
        var heldWrites: [@Sendable (inout BrokerState) -> Void] = []
        /// The client has given the connection up, and the broker does not know.
        var isAbandoned = false
        /// What arrived while the broker was blocked.
        var backlog: [OutgoingMessage] = []
    }

    var exchanges: [String: Exchange] = [:]
    var queues: [String: Queue] = [:]
    var links: [Int: Link] = [:]
    /// Why connections are gone.
    var graves: [Int: AMQPError] = [:]
    /// Of the users that have one; others get in with any.
    var passwords: [String: String] = [:]
    var lastConnection = 0
    var lastPosition: UInt64 = 0
    var lastQueueNumber = 0
    var faults = BrokerFaults()
    var record = BrokerRecord()
    /// Waits until a queue's messages expire, for `runTimers()`.
    var newTimers: [Duration] = []
    /// Clients of connections that only the broker knows to be over.
    var ghosts: [Int: (name: String, events: AsyncStream<AMQPEvent>.Continuation)] = [:]
    var observer: (any BrokerObserver)?
    /// What is done a little later, for `runTimers()`.
    var laterWork: [@Sendable (inout BrokerState) -> Void] = []

    init() {
        for (name, type) in [("amq.topic", "topic"), ("amq.direct", "direct"), ("amq.fanout", "fanout")] {
            exchanges[name] = Exchange(declaration: ExchangeDeclaration(name: name, type: type))
        }
    }

    // MARK: - Routing

    /// The queues that get the message; `nil`: no such exchange.
    func route(exchange: String, routingKey: String) -> [String]? {
        if exchange.isEmpty { return queues[routingKey] == nil ? [] : [routingKey] }
        guard let target = exchanges[exchange] else { return nil }
        if faults.unroutedExchanges.contains(exchange) { return [] }
        var names: [String] = []
        for binding in target.bindings where !names.contains(binding.queue) {
            let matches =
                switch target.declaration.type {
                case "fanout": true
                case "topic": TopicPattern(binding.routingKey).matches(routingKey)
                default: binding.routingKey == routingKey
                }
            if matches { names.append(binding.queue) }
        }
        if names.isEmpty, let alternate = target.declaration.arguments["alternate-exchange"]?.text {
            return route(exchange: alternate, routingKey: routingKey) ?? []
        }
        return names
    }

    /// Whether every queue took it; a full one refuses with `x-overflow` of `reject-publish`, the others have it then.
    mutating func enqueue(
        _ message: AMQPMessage,
        exchange: String,
        routingKey: String,
        into names: [String],
        at now: Duration
    ) -> Bool {
        var isTaken = true
        for name in names {
            guard let queue = queues[name] else { continue }
            // What a consumer holds does not count.
            let isFull = queue.longest.map { queue.ready.count >= $0 } ?? false
            guard !isFull || !queue.refusesWhenFull else {
                isTaken = false
                continue
            }
            lastPosition += 1
            var stored = Stored(
                message: message,
                exchange: exchange,
                routingKey: routingKey,
                position: lastPosition
            )
            let ttl = [queue.declaration.arguments["x-message-ttl"]?.number, message.expiration.flatMap(Int64.init)]
            if let milliseconds = ttl.compactMap(\.self).min() {
                stored.expires = now + .milliseconds(milliseconds)
                newTimers.append(.milliseconds(milliseconds))
            }
            queues[name]?.ready.append(stored)
            dispatch(name, at: now)
            while let queue = queues[name], let longest = queue.longest, queue.ready.count > max(longest, 0) {
                let oldest = queue.ready[0]
                queues[name]?.ready.removeFirst()
                deadLetter(oldest, from: name, "maxlen", at: now)
            }
        }
        return isTaken
    }

    // MARK: - Deliveries

    mutating func dispatch(_ name: String, at now: Duration) {
        while let queue = queues[name], let stored = queue.ready.first,
            let index = queue.consumers.firstIndex(where: { $0.outstanding < $0.prefetch })
        {
            var consumer = queue.consumers[index]
            consumer.outstanding += 1
            queues[name]?.ready.removeFirst()
            queues[name]?.consumers.remove(at: index)
            queues[name]?.consumers.append(consumer)
            guard var link = links[consumer.connection] else { continue }
            link.lastDeliveryTag += 1
            _ = link.ledger.delivered(link.lastDeliveryTag)
            link.unsettled.append(
                Unsettled(
                    tag: link.lastDeliveryTag,
                    queue: name,
                    consumerTag: consumer.tag,
                    stored: stored,
                    since: now
                )
            )
            var message = stored.message
            // A header of that name that the message brought along is overwritten from the second delivery on.
            if queue.isQuorum, stored.deliveryCount > 0 {
                message.headers["x-delivery-count"] = .integer(stored.deliveryCount)
            }
            observer?.delivered(message, from: name, to: link.name, at: now)
            let delivery = RawDelivery(
                consumerTag: consumer.tag,
                deliveryTag: link.lastDeliveryTag,
                redelivered: stored.redelivered,
                exchange: stored.exchange,
                routingKey: stored.routingKey,
                message: message
            )
            links[consumer.connection] = link
            say(.delivered(delivery), to: consumer.connection)
        }
    }

    /// The delivery is no longer with its consumer; the queue may send the next.
    private mutating func release(_ unsettled: Unsettled, from connection: Int) {
        let index = queues[unsettled.queue]?.consumers.firstIndex {
            $0.connection == connection && $0.tag == unsettled.consumerTag
        }
        if let index { queues[unsettled.queue]?.consumers[index].outstanding -= 1 }
    }

    mutating func apply(_ frames: [AckFrame], from connection: Int, at now: Duration) {
        for frame in frames {
            guard let link = links[connection] else { return }
            let settled = link.unsettled.filter { frame.multiple ? $0.tag <= frame.tag : $0.tag == frame.tag }
            guard !settled.isEmpty else {
                record.unknownTags += 1
                return close(
                    connection,
                    AMQPError(
                        .channelClosed,
                        "PRECONDITION_FAILED - unknown delivery tag \(frame.tag)",
                        replyCode: 406
                    ),
                    at: now
                )
            }
            links[connection]?.unsettled.removeAll { frame.multiple ? $0.tag <= frame.tag : $0.tag == frame.tag }
            for delivery in settled {
                release(delivery, from: connection)
                observer?.settled(
                    delivery.stored.message,
                    from: delivery.queue,
                    by: link.name,
                    isAcknowledged: frame.kind == .ack,
                    heldSince: delivery.since,
                    at: now
                )
                switch frame.kind {
                case .ack: record.acknowledged.append(delivery.stored.message)
                case .reject(requeue: true): putBack(delivery, handedBack: true, at: now)
                case .reject(requeue: false): deadLetter(delivery.stored, from: delivery.queue, "rejected", at: now)
                }
            }
            record.settlementFrames += 1
            for delivery in settled { dispatch(delivery.queue, at: now) }
        }
    }

    /// One delivery the older, to its old place; what was handed back to a quorum queue without a delivery limit goes
    /// behind what waits (rabbitmq.md 1.4). Over the limit it is dead-lettered.
    mutating func putBack(_ delivery: Unsettled, handedBack: Bool, at now: Duration) {
        var stored = delivery.stored
        stored.redelivered = true
        stored.deliveryCount += 1
        guard let queue = queues[delivery.queue] else { return }
        if let limit = queue.deliveryLimit, stored.deliveryCount > limit {
            return deadLetter(stored, from: delivery.queue, "delivery_limit", at: now)
        }
        if handedBack, queue.isQuorum, queue.deliveryLimit == nil {
            lastPosition += 1
            stored.position = lastPosition
        }
        let index = queue.ready.firstIndex { $0.position > stored.position } ?? queue.ready.endIndex
        queues[delivery.queue]?.ready.insert(stored, at: index)
    }
}
