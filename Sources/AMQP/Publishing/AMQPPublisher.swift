package import Logging

/// Publishes with confirms for as long as `run()` runs, across connections.
package final class AMQPPublisher: Sendable {
    package init(
        _ settings: AMQPPublisherSettings,
        transport: any AMQPTransport,
        clock: any Clock<Duration>,
        random: @escaping @Sendable () -> Double,
        logger: Logger
    ) {}

    /// Serves until it is shut down or its task is cancelled. Called once.
    ///
    /// Throws only what a person must mend, and only before the first connection stood: login refused, TLS, a topology
    /// that does not match. Later such errors are logged and tried again.
    package func run() async throws(AMQPError) {}

    /// Publishes and waits until the broker has confirmed or returned the message.
    ///
    /// Goes again after a loss or a refusal of the broker, with the same message id: at least once. Throws `.invalid`
    /// for a message that no broker can take, and `.closedByUs` after `shutDown()` or when the calling task is
    /// cancelled; the message may have gone out then.
    package func publish(_ message: OutgoingMessage) async throws(AMQPError) -> Publication { .confirmed }

    /// Takes no more messages, waits for outstanding confirms, closes in order and lets `run()` return. Bounded by the
    /// settings' limit.
    package func shutDown() async {}

    package var status: AMQPStatus { AMQPStatus() }
}
