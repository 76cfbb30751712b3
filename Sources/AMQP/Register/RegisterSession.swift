import Synchronization

/// One holding of a register, on a connection of its own.
struct RegisterSession: Sendable {
    /// How long nothing more has to come before everything is taken for read.
    private static let quiet: Duration = .milliseconds(100)
    private static let tag = "register"

    fileprivate struct Heard {
        var deliveries: [RawDelivery] = []
        /// How many messages were handed to the socket.
        var published: UInt64 = 0
        /// Confirms by publishing tag: whether the broker took the message.
        var answers: [UInt64: Bool] = [:]
        var returned: ReturnedMessage?
        var end: AMQPError?
    }

    let connection: any AMQPConnection
    let queue: String
    let stopwatch: Stopwatch
    /// By the stopwatch.
    let end: Duration
    /// Tells our own publications from others'.
    let nonce: String
    private let heard = Shelf()

    /// A reference, so that the session can be copied.
    private final class Shelf: Sendable {
        let value = Mutex(Heard())
        let news = Signal()
    }

    init(connection: any AMQPConnection, queue: String, stopwatch: Stopwatch, end: Duration, nonce: String) {
        self.connection = connection
        self.queue = queue
        self.stopwatch = stopwatch
        self.end = end
        self.nonce = nonce
    }

    /// Takes down what the broker says, until the connection ends.
    func listen() async {
        for await event in connection.events {
            heard.value.withLock { heard in
                switch event {
                case .delivered(let delivery): heard.deliveries.append(delivery)
                case .confirmed(let tag, let multiple): heard.answer(tag, multiple: multiple, isTaken: true)
                case .rejected(let tag, let multiple): heard.answer(tag, multiple: multiple, isTaken: false)
                case .returned(let message): heard.returned = message
                case .consumerCancelled:
                    heard.end = AMQPError(.channelClosed, "The queue '\(queue)' was deleted while it was read")
                case .blocked(let reason):
                    heard.end = AMQPError(.timedOut, "The broker has blocked the connection: \(reason)")
                case .unblocked: break
                case .closed(let error): heard.end = heard.end ?? error
                }
            }
            heard.news.ring()
        }
    }

    /// Gives an empty register its first value, and shuts others out.
    func open(_ mode: Topology.Mode, offering first: [UInt8]) async throws(AMQPError) {
        try await Topology(mode: mode, queues: [AMQPRegister.declaration(queue)]).establish(on: connection)
        try await connection.selectConfirms()
        // Refused when there is a value already; that is told by what is read.
        _ = try await publish(first, number: 1)
        try await connection.consume(
            queue: queue,
            consumerTag: Self.tag,
            prefetch: AMQPRegister.prefetch,
            exclusive: true
        )
    }

    /// The values, the head first.
    func read() async throws(AMQPError) -> [[UInt8]] {
        try await wait { !$0.deliveries.isEmpty }
        var count = 0
        repeat {
            count = heard.value.withLock(\.deliveries.count)
            await heard.news.wait(atMost: Self.quiet, by: stopwatch)
        } while heard.value.withLock(\.deliveries.count) > count
        return heard.value.withLock { $0.deliveries.map(\.message.body) }
    }

    /// Puts a value behind what is there, sees it there, and only then takes away what was there before: whoever reads
    /// in between finds the old head.
    func replace(with value: [UInt8]) async throws(AMQPError) {
        var number: UInt64 = 2
        while try await !publish(value, number: number) {
            // Another's publication waits for being delivered here.
            await stopwatch.pause(for: Self.quiet)
            number += 1
        }
        let id = messageID(number)
        try await wait { $0.deliveries.contains { $0.message.messageID == id } }
        let old = heard.value.withLock { heard in
            heard.deliveries.prefix { $0.message.messageID != id }.map { Settlement.ack(tag: $0.deliveryTag) }
        }
        try await connection.settle(old)
    }

    /// - Returns: whether the broker took it.
    private func publish(_ value: [UInt8], number: UInt64) async throws(AMQPError) -> Bool {
        var message = AMQPMessage(body: value)
        message.contentType = "application/json"
        message.deliveryMode = 2
        message.messageID = messageID(number)
        heard.value.withLock { $0.published = number }
        try await connection.publish([
            OutgoingMessage(exchange: "", routingKey: queue, mandatory: true, message: message)
        ])
        try await wait { $0.answers[number] != nil }
        let (isTaken, returned) = heard.value.withLock { ($0.answers[number] ?? false, $0.returned) }
        if let returned {
            throw AMQPError(
                .channelClosed,
                "There is no queue '\(queue)': declare it, or set the topology mode to declare (\(returned.text))",
                replyCode: 404
            )
        }
        return isTaken
    }

    private func messageID(_ number: UInt64) -> String { "\(nonce)-\(number)" }

    private func wait(until condition: (Heard) -> Bool) async throws(AMQPError) {
        while true {
            let (holds, failure) = heard.value.withLock { (condition($0), $0.end) }
            if holds { return }
            if let failure { throw failure }
            let left = end - stopwatch.elapsed
            guard left > .zero, !Task.isCancelled else {
                throw AMQPError(.timedOut, "The queue '\(queue)' was not read in time")
            }
            await heard.news.wait(atMost: left, by: stopwatch)
        }
    }
}

extension RegisterSession.Heard {
    fileprivate mutating func answer(_ tag: UInt64, multiple: Bool, isTaken: Bool) {
        var number: UInt64 = 1
        while number <= published {
            if number == tag || (multiple && (number < tag || tag == 0)), answers[number] == nil {
                answers[number] = isTaken
            }
            number += 1
        }
    }
}
