import AMQP

/// Publishes what is only for watching, beside the runs: when the broker is slow the oldest are dropped.
final class ProgressFeed: Sendable {
    private static let capacity = 4096
    private static let concurrency = 16
    /// What takes longer is dropped.
    private static let limit: Duration = .seconds(30)
    /// How long a worker that leaves goes on.
    private static let farewell: Duration = .seconds(2)

    private let events: AsyncStream<OutgoingMessage>
    private let input: AsyncStream<OutgoingMessage>.Continuation
    private let publisher: AMQPPublisher
    private let surroundings: Surroundings
    private let isDone = Signal()
    private let isCut = Signal()

    init(publisher: AMQPPublisher, surroundings: Surroundings) {
        self.publisher = publisher
        self.surroundings = surroundings
        (events, input) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.capacity))
    }

    func offer(_ event: OutgoingEvent) {
        input.yield(event.message)
    }

    /// Publishes until closed or cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.publishAll() }
            group.addTask { await self.isCut.wait() }
            await group.next()
            group.cancelAll()
        }
        isDone.ring()
    }

    /// Takes nothing more, and returns when all is published, or shortly after.
    func close() async {
        input.finish()
        await isDone.wait(atMost: Self.farewell, surroundings)
        isCut.ring()
    }

    private func publishAll() async {
        await withTaskGroup(of: Void.self) { group in
            var open = 0
            for await message in events {
                if open == Self.concurrency {
                    await group.next()
                    open -= 1
                }
                open += 1
                group.addTask { await self.publish(message) }
            }
        }
    }

    private func publish(_ message: OutgoingMessage) async {
        await withTaskGroup(of: Void.self) { [publisher, surroundings] group in
            group.addTask { _ = try? await publisher.publish(message) }
            group.addTask { try? await surroundings.sleep(Self.limit) }
            await group.next()
            group.cancelAll()
        }
    }
}

/// An event and where it goes.
struct OutgoingEvent: Sendable {
    let message: OutgoingMessage
}
