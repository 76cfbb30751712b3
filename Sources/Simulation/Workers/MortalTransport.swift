package import AMQP
import CopyRuntime

/// The transport of a worker that may die while it publishes or settles.
package struct MortalTransport: AMQPTransport {
    private let base: any AMQPTransport
    private let life: Life

    package init(base: any AMQPTransport, life: Life) {
        self.base = base
        self.life = life
    }

    package static let dead = AMQPError(.connectionLost, "the worker is dead")

    package func connect(to endpoint: AMQPEndpoint, name: String) async throws(AMQPError) -> any AMQPConnection {
        guard !life.isOver else { throw Self.dead }
        return MortalConnection(base: try await base.connect(to: endpoint, name: name), life: life)
    }
}

private struct MortalConnection: AMQPConnection {
    let base: any AMQPConnection
    let life: Life

    var events: AsyncStream<AMQPEvent> { base.events }

    func declare(_ exchange: ExchangeDeclaration, passive: Bool) async throws(AMQPError) {
        try await base.declare(exchange, passive: passive)
    }

    func declare(_ queue: QueueDeclaration, passive: Bool) async throws(AMQPError) -> String {
        try await base.declare(queue, passive: passive)
    }

    func bind(queue: String, exchange: String, routingKey: String) async throws(AMQPError) {
        try await base.bind(queue: queue, exchange: exchange, routingKey: routingKey)
    }

    func selectConfirms() async throws(AMQPError) { try await base.selectConfirms() }

    func consume(queue: String, consumerTag: String, prefetch: UInt16, exclusive: Bool) async throws(AMQPError) {
        try await base.consume(queue: queue, consumerTag: consumerTag, prefetch: prefetch, exclusive: exclusive)
    }

    func cancelConsumer(tag: String) async throws(AMQPError) { try await base.cancelConsumer(tag: tag) }

    func publish(_ messages: [OutgoingMessage]) async throws(AMQPError) {
        let ambush = messages.contains { $0.exchange == BrokerNames().results } ? life.ambush : nil
        await ambush?.pass(.beforePublish)
        guard life.goesOn() else { throw MortalTransport.dead }
        try await base.publish(messages)
        await ambush?.pass(.afterPublish)
        guard life.goesOn() else { throw MortalTransport.dead }
    }

    func settle(_ settlements: [Settlement]) async throws(AMQPError) {
        await life.ambush?.pass(.afterConfirm)
        guard life.goesOn() else { throw MortalTransport.dead }
        try await base.settle(settlements)
        guard life.goesOn() else { throw MortalTransport.dead }
    }

    func close() async { await base.close() }
}
