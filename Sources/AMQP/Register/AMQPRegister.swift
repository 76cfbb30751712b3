/// A small value that all clients of a broker share: the head of a queue that is made to hold one message.
///
/// RabbitMQ has no compare-and-set. But a classic queue with `x-max-length` 1 and `reject-publish` keeps the first of
/// several publications, and its exclusive consumer shuts all others out (a quorum queue does neither; seen on 3.10.8).
/// The length counts only what nobody holds, so that a second message may slip in behind the head while somebody reads:
/// therefore the head decides, never a confirm.
package struct AMQPRegister: Sendable {
    /// What follows from the contents for whoever holds the register.
    package enum Revision: Hashable, Sendable {
        case keep
        /// This is the only value from now on.
        case replace([UInt8])
    }

    /// A reader gets everything that is there at once; more is never there.
    private static let prefetch: UInt16 = 1000
    /// How long nothing more has to come before everything is taken for read.
    private static let quiet: Duration = .milliseconds(100)

    let queue: String
    let mode: Topology.Mode
    let endpoints: [AMQPEndpoint]
    let connectionName: String
    let transport: any AMQPTransport
    let stopwatch: Stopwatch
    let random: @Sendable () -> Double

    package init(
        queue: String,
        mode: Topology.Mode,
        endpoints: [AMQPEndpoint],
        connectionName: String,
        transport: any AMQPTransport,
        clock: any Clock<Duration>,
        random: @escaping @Sendable () -> Double
    ) {
        self.init(
            queue: queue,
            mode: mode,
            endpoints: endpoints,
            connectionName: connectionName,
            transport: transport,
            stopwatch: Stopwatch(clock),
            random: random
        )
    }

    init(
        queue: String,
        mode: Topology.Mode,
        endpoints: [AMQPEndpoint],
        connectionName: String,
        transport: any AMQPTransport,
        stopwatch: Stopwatch,
        random: @escaping @Sendable () -> Double
    ) {
        self.queue = queue
        self.mode = mode
        self.endpoints = endpoints
        self.connectionName = connectionName
        self.transport = transport
        self.stopwatch = stopwatch
        self.random = random
    }

    package static func declaration(_ queue: String) -> QueueDeclaration {
        QueueDeclaration(
            name: queue,
            arguments: [
                "x-queue-type": .string("classic"), "x-max-length": .integer(1),
                "x-overflow": .string("reject-publish"),
            ]
        )
    }

    /// Holds the register, so that nobody else reads or writes it meanwhile, and lets `decide` say what becomes of it.
    ///
    /// Bounded by `limit`, apart from what `decide` takes. A death at any moment leaves the old value as the head, with
    /// the new one behind it, or the new one alone.
    ///
    /// - Parameters:
    ///   - first: what an empty register is given before it is read; `nil`: it stays empty.
    ///   - decide: is told the values, the head first; none only if nothing was offered.
    /// - Throws: `.channelClosed` with 403 or 405 while another holds it.
    package func hold<Result: Sendable>(
        offering first: [UInt8]?,
        within limit: Duration = .seconds(10),
        _ decide: @Sendable ([[UInt8]]) async -> (Revision, Result)
    ) async throws(AMQPError) -> Result {
        try await QueueVisit.with(
            endpoints,
            as: connectionName,
            over: transport,
            stopwatch: stopwatch,
            random: random(),
            within: limit
        ) { visit throws(AMQPError) in
            try await Topology(mode: mode, queues: [Self.declaration(queue)]).establish(on: visit.connection)
            try await visit.selectConfirms()
            // Before anything is offered: while another holds the register, whatever is published goes to that one.
            try await consume(visit)
            if let first, try await visit.deliveries(quietFor: Self.quiet).isEmpty {
                _ = try await publish(first, as: nonce("offer"), visit)
                _ = try await visit.deliveries { !$0.isEmpty }
            }
            let held = try await visit.deliveries(quietFor: Self.quiet)
            let (revision, result) = await decide(held.map(\.message.body))
            switch revision {
            case .keep: try await visit.settle(held.dropFirst().map { .ack(tag: $0.deliveryTag) })
            case .replace(let value): try await replace(with: value, visit)
            }
            return result
        }
    }

    /// Puts a value behind what is there, sees it there, and only then takes away what was there before: whoever reads
    /// in between finds the old head.
    private func replace(with value: [UInt8], _ visit: QueueVisit) async throws(AMQPError) {
        let id = nonce("value")
        while try await !publish(value, as: id, visit) {
            // Another's publication waits for being delivered here.
            await stopwatch.pause(for: Self.quiet)
        }
        let all = try await visit.deliveries { $0.contains { $0.message.messageID == id } }
        try await visit.settle(all.prefix { $0.message.messageID != id }.map { .ack(tag: $0.deliveryTag) })
    }

    /// - Returns: whether the broker took it.
    private func publish(_ value: [UInt8], as id: String, _ visit: QueueVisit) async throws(AMQPError) -> Bool {
        var message = AMQPMessage(body: value)
        message.contentType = "application/json"
        message.deliveryMode = 2
        message.messageID = id
        let outgoing = OutgoingMessage(exchange: "", routingKey: queue, mandatory: true, message: message)
        switch try await visit.publish(outgoing) {
        case .taken: return true
        case .refused: return false
        case .unroutable(let text): throw noQueue(text)
        }
    }

    private func consume(_ visit: QueueVisit) async throws(AMQPError) {
        do {
            try await visit.consume(queue, prefetch: Self.prefetch, exclusive: true)
        } catch  where error.replyCode == 404 {
            throw noQueue(error.message)
        }
    }

    private func noQueue(_ reason: String) -> AMQPError {
        AMQPError(
            .channelClosed,
            "There is no queue '\(queue)': declare it, or set the topology mode to declare (\(reason))",
            replyCode: 404
        )
    }

    /// Tells our own publications from others'.
    private func nonce(_ purpose: String) -> String {
        "\(Int64(random() * 1e15))-\(Int64(random() * 1e15))-\(stopwatch.elapsed)-\(purpose)"
    }
}

extension AMQPPublisher {
    /// A register on the same broker, with a connection of its own for as long as it is held.
    package func register(_ queue: String) -> AMQPRegister {
        AMQPRegister(
            queue: queue,
            mode: settings.topology.mode,
            endpoints: settings.endpoints,
            connectionName: settings.connectionName,
            transport: supervisor.transport,
            stopwatch: supervisor.stopwatch,
            random: supervisor.random
        )
    }
}
