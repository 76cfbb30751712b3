package import AMQP
package import CopyContract

/// Shows the events of all requests as they come.
package struct Watch: Sendable {
    private let broker: BrokerAccess
    private let filter: EventFilter

    package enum Notice: Sendable {
        /// From now on nothing is missed.
        case watching
        case event(ReceivedEvent)
        case unreadable(CopyEventError)
        /// What is published until the next `watching` is missed.
        case lost(AMQPError)
        /// The broker cannot be reached; said once until it is.
        case outage(String)
    }

    package init(_ filter: EventFilter, broker: BrokerAccess) {
        self.filter = filter
        self.broker = broker
    }

    /// Runs until so many events were shown (`nil`: for ever), or the task is cancelled.
    ///
    /// Throws what a person must mend: login, TLS, an exchange that does not exist.
    /// Notices of an outage come from another task than the rest.
    package func run(upTo limit: Int?, show: @escaping @Sendable (Notice) -> Void) async throws {
        let consumer = broker.subscriber(name: "copyctl watch", routingKeys: filter.routingKeys)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await consumer.run() }
            group.addTask { await broker.watchOutages(of: { [consumer.status] }) { show(.outage($0)) } }
            var shown = 0
            for await event in consumer.events {
                switch event {
                case .active: show(.watching)
                case .lost(_, let error): show(.lost(error))
                case .stopped: break
                case .delivered(let delivery):
                    if let notice = notice(delivery.message.body) {
                        show(notice)
                        if case .event = notice { shown += 1 }
                    }
                    consumer.settle(delivery.id, .ack)
                }
                if let limit, shown >= limit { break }
            }
            await consumer.shutDown()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    private func notice(_ body: [UInt8]) -> Notice? {
        do {
            let received = try ReceivedEvent(body: body)
            return filter.matches(received.event) ? .event(received) : nil
        } catch {
            return .unreadable(error)
        }
    }
}
