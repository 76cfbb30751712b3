package import Logging

/// Consumes from a broker for as long as `run()` runs: connects, declares, consumes, and begins anew when the
/// connection is lost.
package final class AMQPConsumer: Sendable {
    /// One reader. Ends when `run()` has ended.
    package let events: AsyncStream<ConsumerEvent>

    package init(
        _ settings: AMQPConsumerSettings,
        transport: any AMQPTransport,
        clock: any Clock<Duration>,
        random: @escaping @Sendable () -> Double,
        logger: Logger
    ) {
        events = AsyncStream { $0.finish() }
    }

    /// Serves until it is shut down or its task is cancelled. Called once.
    ///
    /// Throws only what a person must mend, and only before the first time everything was consumed: login refused,
    /// TLS, a topology that does not match. Later such errors are logged and tried again.
    package func run() async throws(AMQPError) {}

    /// Settles a delivery; never blocks. A delivery of an earlier connection is dropped and counted.
    package func settle(_ id: DeliveryID, _ how: DeliverySettlement) {}

    /// Cancels all consumers for good. The connection lives on, so that what was delivered can be settled; what the
    /// broker sent before it took notice is still delivered.
    package func stopConsuming() async {}

    /// Sends the last settlements, closes in order and lets `run()` return. Bounded by the settings' limit.
    package func shutDown() async {}

    package var status: AMQPStatus { AMQPStatus() }
}
