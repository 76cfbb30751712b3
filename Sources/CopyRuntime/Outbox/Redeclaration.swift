import AMQP
import Logging
import Synchronization

/// Declares again what somebody has deleted from the broker: once for all messages that find no queue at the same time,
/// and once a minute at most.
final class Redeclaration: Sendable {
    private static let pause: Duration = .seconds(60)

    private let publisher: AMQPPublisher
    private let surroundings: Surroundings
    private let logger: Logger
    private let turn = Slots(count: 1)
    private let last = Mutex<(begun: Duration, isDone: Bool)?>(nil)

    init(publisher: AMQPPublisher, surroundings: Surroundings, logger: Logger) {
        self.publisher = publisher
        self.surroundings = surroundings
        self.logger = logger
    }

    /// - Returns: whether everything was declared since this was asked for.
    func run() async -> Bool {
        let asked = surroundings.uptime()
        guard (try? await turn.enter(.resumed)) != nil else { return false }
        defer { turn.leave() }
        if let last = last.withLock(\.self) {
            if last.begun >= asked { return last.isDone }
            if asked - last.begun < Self.pause { return false }
        }
        let begun = surroundings.uptime()
        let isDone = await declare()
        last.withLock { $0 = (begun, isDone) }
        return isDone
    }

    private func declare() async -> Bool {
        do throws(AMQPError) {
            guard try await publisher.declareAgain() else { return false }
            logger.warning("a message found no queue: exchanges and queues were declared again")
            return true
        } catch {
            logger.error(
                "a message found no queue, and nothing could be declared again",
                metadata: [LogKey.error: "\(error)"]
            )
            return false
        }
    }
}
