import Synchronization

/// A short stay at a broker on a connection of its own: reads what waits in a queue, publishes with confirms, settles.
/// For what is done once, not for as long as a process lives; nothing is tried again on another connection.
package struct QueueVisit: Sendable {
    private struct Heard {
        var deliveries: [RawDelivery] = []
        /// What was published and has no answer yet: normally one.
        var unanswered = ConfirmLedger(windowMessages: .max, windowBytes: .max)
        /// By publishing tag, until whoever published takes it.
        var answers: [UInt64: Answer] = [:]
        var end: AMQPError?

        mutating func answer(_ tag: UInt64, multiple: Bool, _ answer: Answer) {
            for entry in unanswered.answered(tag, multiple: multiple) {
                answers[entry.tag] = entry.returned.map { .unroutable($0.text) } ?? answer
            }
        }
    }

    /// A reference, so that the visit can be copied.
    private final class Notebook: Sendable {
        let heard = Mutex(Heard())
        let news = Signal()
    }

    package enum Answer: Hashable, Sendable {
        case taken
        /// The broker answered with nack, e.g. because a queue is full.
        case refused
        case unroutable(String)
    }

    private static let consumerTag = "visit"

    let connection: any AMQPConnection
    let stopwatch: Stopwatch
    private let end: Duration
    private let notebook = Notebook()

    /// - Parameters:
    ///   - endpoints: the nodes of one broker, tried in turn until one lets us in.
    ///   - limit: for getting in, and once more for everything that the visit waits for.
    package static func with<Result: Sendable>(
        _ endpoints: [AMQPEndpoint],
        as connectionName: String,
        over transport: any AMQPTransport,
        clock: any Clock<Duration>,
        random: Double,
        within limit: Duration,
        _ body: @Sendable (QueueVisit) async throws(AMQPError) -> Result
    ) async throws(AMQPError) -> Result {
        try await with(
            endpoints,
            as: connectionName,
            over: transport,
            stopwatch: Stopwatch(clock),
            random: random,
            within: limit,
            body
        )
    }

    static func with<Result: Sendable>(
        _ endpoints: [AMQPEndpoint],
        as connectionName: String,
        over transport: any AMQPTransport,
        stopwatch: Stopwatch,
        random: Double,
        within limit: Duration,
        _ body: @Sendable (QueueVisit) async throws(AMQPError) -> Result
    ) async throws(AMQPError) -> Result {
        let hurried = endpoints.map { $0.connecting(within: limit / endpoints.count) }
        let connection = try await connect(hurried, as: connectionName, over: transport, random: random)
        let visit = QueueVisit(connection: connection, stopwatch: stopwatch, end: stopwatch.elapsed + limit)
        let result = await withTaskGroup(of: Void.self) { group in
            group.addTask { await visit.listen() }
            defer { group.cancelAll() }
            do throws(AMQPError) {
                return Swift.Result<Result, AMQPError>.success(try await body(visit))
            } catch {
                return .failure(error)
            }
        }
        // What was not settled goes back to its old place.
        await connection.close()
        return try result.get()
    }

    private static func connect(
        _ endpoints: [AMQPEndpoint],
        as name: String,
        over transport: any AMQPTransport,
        random: Double
    ) async throws(AMQPError) -> any AMQPConnection {
        var nodes = NodeRotation(endpoints, random: random)
        for _ in endpoints.dropLast() {
            if let connection = try? await transport.connect(to: nodes.next(), name: name) { return connection }
        }
        return try await transport.connect(to: nodes.next(), name: name)
    }

    private init(connection: any AMQPConnection, stopwatch: Stopwatch, end: Duration) {
        self.connection = connection
        self.stopwatch = stopwatch
        self.end = end
    }

    /// Takes down what the broker says, until the connection ends.
    private func listen() async {
        for await event in connection.events {
            notebook.heard.withLock { heard in
                switch event {
                case .delivered(let delivery): heard.deliveries.append(delivery)
                case .confirmed(let tag, let multiple): heard.answer(tag, multiple: multiple, .taken)
                case .rejected(let tag, let multiple): heard.answer(tag, multiple: multiple, .refused)
                case .returned(let message): _ = heard.unanswered.returned(message)
                case .consumerCancelled:
                    heard.end = heard.end ?? AMQPError(.channelClosed, "The queue was deleted while it was read")
                case .blocked(let reason):
                    heard.end = heard.end ?? AMQPError(.timedOut, "The broker has blocked the connection: \(reason)")
                case .unblocked: break
                case .closed(let error): heard.end = heard.end ?? error
                }
            }
            notebook.news.ring()
        }
    }

    // MARK: - Reading

    /// Holds what waits in the queue, `prefetch` messages at most at a time.
    package func consume(_ queue: String, prefetch: UInt16, exclusive: Bool = false) async throws(AMQPError) {
        try await connection.consume(
            queue: queue,
            consumerTag: Self.consumerTag,
            prefetch: prefetch,
            exclusive: exclusive
        )
    }

    /// Everything that was delivered so far, once nothing more has come for so long; AMQP has no word for "that is all".
    /// - Throws: `timedOut` when the visit is over before that.
    package func deliveries(quietFor quiet: Duration) async throws(AMQPError) -> [RawDelivery] {
        while true {
            let count = notebook.heard.withLock(\.deliveries.count)
            let since = stopwatch.elapsed
            if try await wait(atMost: quiet, until: { $0.deliveries.count > count }) { continue }
            guard stopwatch.elapsed - since >= quiet else { throw Self.lateDelivery }
            return notebook.heard.withLock(\.deliveries)
        }
    }

    /// Waits until a condition on what was delivered holds.
    package func deliveries(until condition: ([RawDelivery]) -> Bool) async throws(AMQPError) -> [RawDelivery] {
        guard try await wait(atMost: nil, until: { condition($0.deliveries) }) else { throw Self.lateDelivery }
        return notebook.heard.withLock(\.deliveries)
    }

    private static var lateDelivery: AMQPError { AMQPError(.timedOut, "The broker did not deliver in time") }

    package func settle(_ settlements: [Settlement]) async throws(AMQPError) {
        try await connection.settle(settlements)
    }

    // MARK: - Publishing

    /// Publishes one message and waits for the broker's answer. `selectConfirms()` comes first.
    package func publish(_ message: OutgoingMessage) async throws(AMQPError) -> Answer {
        let now = stopwatch.elapsed
        let tag = notebook.heard.withLock { heard in
            heard.unanswered.wrote(message, ticket: 0, bytes: message.message.body.count, at: now)
        }
        try await connection.publish([message])
        guard try await wait(atMost: nil, until: { $0.answers[tag] != nil }),
            let answer = notebook.heard.withLock({ $0.answers.removeValue(forKey: tag) })
        else { throw AMQPError(.timedOut, "The broker did not confirm in time") }
        return answer
    }

    package func selectConfirms() async throws(AMQPError) {
        try await connection.selectConfirms()
    }

    // MARK: - Waiting

    /// - Returns: whether it holds; `false` after `limit`, or at the end of the visit.
    @discardableResult
    private func wait(atMost limit: Duration?, until condition: (Heard) -> Bool) async throws(AMQPError) -> Bool {
        let end = min(end, limit.map { stopwatch.elapsed + $0 } ?? self.end)
        while true {
            let (holds, failure) = notebook.heard.withLock { (condition($0), $0.end) }
            if holds { return true }
            if let failure { throw failure }
            let left = end - stopwatch.elapsed
            guard left > .zero, !Task.isCancelled else { return false }
            await notebook.news.wait(atMost: left, by: stopwatch)
        }
    }
}
