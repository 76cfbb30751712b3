package import AMQP
import Synchronization

extension SimulatedBroker {
    package var record: BrokerRecord { state.withLock(\.record) }
    package var connectionCount: Int { state.withLock(\.links.count) }

    /// Messages that wait in a queue.
    package func ready(in queue: String) -> [AMQPMessage] {
        state.withLock { $0.queues[queue]?.ready.map(\.message) ?? [] }
    }

    /// Messages of a queue that a consumer holds.
    package func unsettledCount(of queue: String) -> Int {
        state.withLock { state in
            state.links.values.reduce(0) { $0 + $1.unsettled.count { $0.queue == queue } }
        }
    }

    /// Every delivery that a consumer holds, by its connection (in place of an epoch) and its tag.
    package var held: Set<DeliveryID> {
        state.withLock { state in
            Set(
                state.links.flatMap { number, link in
                    link.unsettled.map { DeliveryID(epoch: UInt64(number), tag: $0.tag) }
                }
            )
        }
    }

    package func consumerCount(of queue: String) -> Int {
        state.withLock { $0.queues[queue]?.consumers.count ?? 0 }
    }

    package func hasQueue(_ name: String) -> Bool { state.withLock { $0.queues[name] != nil } }
    package func hasExchange(_ name: String) -> Bool { state.withLock { $0.exchanges[name] != nil } }

    /// Messages written that the broker has not answered yet.
    package var heldAnswerCount: Int {
        state.withLock { $0.links.values.reduce(0) { $0 + $1.heldAnswers.count } }
    }

    // MARK: - Setting the scene

    package func declare(_ topology: Topology) {
        change { state in
            for exchange in topology.exchanges where state.exchanges[exchange.name] == nil {
                state.exchanges[exchange.name] = BrokerState.Exchange(declaration: exchange)
            }
            for queue in topology.queues where state.queues[queue.name] == nil {
                state.queues[queue.name] = BrokerState.Queue(declaration: queue)
            }
            for binding in topology.bindings { state.exchanges[binding.exchange]?.bindings.append(binding) }
        }
    }

    /// Publishes as another client would. `false`: no queue took it.
    @discardableResult
    package func publish(_ message: OutgoingMessage) -> Bool {
        let now = elapsed()
        return change { state in
            let names = state.route(exchange: message.exchange, routingKey: message.routingKey) ?? []
            let isTaken = state.enqueue(
                message.message,
                exchange: message.exchange,
                routingKey: message.routingKey,
                into: names,
                at: now
            )
            return isTaken && !names.isEmpty
        }
    }

    /// Takes all messages that wait in a queue.
    package func drain(_ queue: String) -> [AMQPMessage] {
        change { state in
            defer { state.queues[queue]?.ready = [] }
            return state.queues[queue]?.ready.map(\.message) ?? []
        }
    }
}
