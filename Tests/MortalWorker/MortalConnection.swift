import AMQP
import Synchronization

/// A connection whose confirms of outcomes wait for the script's deed, and with them all that comes after.
final class MortalConnection: AMQPConnection {
    private struct Published {
        var count: UInt64 = 0
        /// Tags of outcomes that are to be stopped at.
        var watched: [UInt64: String] = [:]
    }

    let events: AsyncStream<AMQPEvent>
    private let connection: any AMQPConnection
    private let published = Mutex(Published())
    private let fate: Fate

    init(_ connection: any AMQPConnection, fate: Fate) {
        self.connection = connection
        self.fate = fate
        let (events, told) = AsyncStream<AMQPEvent>.makeStream()
        self.events = events
        let (arrived, arrival) = AsyncStream<(AMQPEvent, Task<Bool, Never>?)>.makeStream()
        // One task meets the stops as they come, the other tells the worker, in order, what is let go.
        Task { [self] in
            for await event in connection.events { arrival.yield((event, stop(at: event))) }
            arrival.finish()
        }
        Task {
            for await (event, stop) in arrived {
                if await stop?.value == true {
                    await connection.close()
                    told.yield(.closed(AMQPError(.connectionLost, "the confirm was lost on its way")))
                    break
                }
                told.yield(event)
            }
            told.finish()
        }
    }

    /// What the event has to wait for; its value says that it is lost.
    private func stop(at event: AMQPEvent) -> Task<Bool, Never>? {
        guard case .confirmed(let tag, let multiple) = event else { return nil }
        let requests = published.withLock { published in
            let tags = published.watched.keys.filter { multiple ? $0 <= tag : $0 == tag }.sorted()
            return tags.compactMap { published.watched.removeValue(forKey: $0) }
        }
        guard !requests.isEmpty else { return nil }
        return Task { [fate] in
            await withTaskGroup(of: Bool.self) { group in
                for request in requests {
                    group.addTask {
                        let number = await fate.begin(.confirm, of: request)
                        return await fate.end(.confirm, number, of: request)
                    }
                }
                return await group.reduce(false) { $0 || $1 }
            }
        }
    }

    func publish(_ messages: [OutgoingMessage]) async throws(AMQPError) {
        published.withLock { published in
            for message in messages {
                published.count += 1
                guard message.exchange == "copy.results",
                    let request = message.message.messageID?.split(separator: "#").first.map(String.init),
                    fate.stops(request, at: .confirm)
                else { continue }
                published.watched[published.count] = request
            }
        }
        try await connection.publish(messages)
    }

    // MARK: - What passes

    func declare(_ exchange: ExchangeDeclaration, passive: Bool) async throws(AMQPError) {
        try await connection.declare(exchange, passive: passive)
    }

    func declare(_ queue: QueueDeclaration, passive: Bool) async throws(AMQPError) -> String {
        try await connection.declare(queue, passive: passive)
    }

    func bind(queue: String, exchange: String, routingKey: String) async throws(AMQPError) {
        try await connection.bind(queue: queue, exchange: exchange, routingKey: routingKey)
    }

    func selectConfirms() async throws(AMQPError) {
        try await connection.selectConfirms()
    }

    func consume(queue: String, consumerTag: String, prefetch: UInt16, exclusive: Bool) async throws(AMQPError) {
        try await connection.consume(
            queue: queue,
            consumerTag: consumerTag,
            prefetch: prefetch,
            exclusive: exclusive
        )
    }

    func cancelConsumer(tag: String) async throws(AMQPError) {
        try await connection.cancelConsumer(tag: tag)
    }

    func settle(_ settlements: [Settlement]) async throws(AMQPError) {
        try await connection.settle(settlements)
    }

    func close() async {
        await connection.close()
    }
}
