import AMQP
package import CopyRuntime

extension BrokerNames {
    /// Sets a broker up for a pool: outcomes and rejections end in the queue `results`, the rest in `watched`.
    package func furnish(_ broker: SimulatedBroker) {
        broker.declare(topology(.declare))
        broker.declare(
            Topology(
                mode: .declare,
                queues: [
                    QueueDeclaration(name: "results"), QueueDeclaration(name: "watched"),
                    AMQPRegister.declaration(journal),
                ],
                bindings: [
                    Binding(queue: "results", exchange: results, routingKey: "#"),
                    Binding(queue: "watched", exchange: progress, routingKey: "#"),
                ]
            )
        )
    }

    /// Whether nothing waits and nothing is unacknowledged in the queues of work.
    package func isAllSettled(on broker: SimulatedBroker) -> Bool {
        [requests, resume, retry, longRetry, commands, dead].allSatisfy {
            broker.ready(in: $0).isEmpty && broker.unsettledCount(of: $0) == 0
        }
    }
}
