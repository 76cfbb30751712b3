import AMQP

/// Publishes what is only for watching, beside the runs: when the broker is slow the oldest are dropped.
final class ProgressFeed: Sendable {
    private static let capacity = 4096
    private static let concurrency = 16

    private let events: AsyncStream<OutgoingMessage>
    private let input: AsyncStream<OutgoingMessage>.Continuation
    private let publisher: AMQPPublisher

    init(publisher: AMQPPublisher) {
        self.publisher = publisher
        (events, input) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.capacity))
    }

    func offer(_ event: OutgoingEvent) {
        input.yield(event.message)
    }

    /// Publishes until cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            var open = 0
            for await message in events {
                if open == Self.concurrency {
                    await group.next()
                    open -= 1
                }
                open += 1
                group.addTask { [publisher] in
                    _ = try? await publisher.publish(message)
                }
            }
            group.cancelAll()
        }
    }
}

/// An event and where it goes.
struct OutgoingEvent: Sendable {
    let message: OutgoingMessage
}
