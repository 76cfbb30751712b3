package import Logging
import Synchronization

/// Consumes from a broker for as long as `run()` runs: connects, declares, consumes, and begins anew when the
/// connection is lost.
package final class AMQPConsumer: Sendable {
    /// One reader. Ends when `run()` has ended.
    package let events: AsyncStream<ConsumerEvent>

    let settings: AMQPConsumerSettings
    let supervisor: Supervisor
    let reports: AsyncStream<ConsumerEvent>.Continuation
    let state = Mutex(State())
    /// Rung when there is something to settle, or a shutdown was asked for.
    let settlementsDue = Signal()
    /// Rung when consumers are to be cancelled, or one that the broker cancelled is to be brought back.
    let consumersChanged = Signal()
    let stopped = Latch()

    package init(
        _ settings: AMQPConsumerSettings,
        transport: any AMQPTransport,
        clock: any Clock<Duration>,
        random: @escaping @Sendable () -> Double,
        logger: Logger
    ) {
        self.settings = settings
        (events, reports) = AsyncStream.makeStream()
        supervisor = Supervisor(
            Supervisor.Settings(
                endpoints: settings.endpoints,
                connectionName: settings.connectionName,
                backoff: settings.backoff,
                shutdownLimit: settings.shutdownLimit
            ),
            transport: transport,
            clock: clock,
            random: random,
            logger: logger
        )
    }

    /// Serves until it is shut down or its task is cancelled. Called once.
    ///
    /// Throws only what a person must mend, and only before the first time everything was consumed: login refused,
    /// TLS, settings that cannot be used, a topology that does not match. Later such errors are logged and tried again.
    package func run() async throws(AMQPError) {
        try await supervisor.run(self)
    }

    /// Settles a delivery; never blocks. A delivery of an earlier connection is dropped and counted.
    package func settle(_ id: DeliveryID, _ how: DeliverySettlement) {
        let isPresent = state.withLock { state in
            guard state.link?.epoch == id.epoch else { return false }
            switch how {
            case .ack: state.link?.settlements.append(.ack(tag: id.tag))
            case .reject(let requeue): state.link?.settlements.append(.reject(tag: id.tag, requeue: requeue))
            }
            return true
        }
        if isPresent {
            settlementsDue.ring()
        } else {
            supervisor.count { $0.staleSettlements += 1 }
        }
    }

    /// Cancels all consumers for good. The connection lives on, so that what was delivered can be settled; what the
    /// broker sent before it took notice is still delivered, then comes `stopped`.
    ///
    /// Settlements wait for ``shutDown()``, which makes one frame of them if none is missing. A quorum queue's channel
    /// has at most some 30 commands on their way, and those that it keeps back are lost when the connection closes: of
    /// 1,000 single acks right before connection.close, 967 were delivered again (RabbitMQ 3.10.8).
    ///
    /// A connection that is lost afterwards is not made again: nothing of its deliveries could be settled on another.
    package func stopConsuming() async {
        let isConsuming = state.withLock { state in
            state.stopRequested = true
            return state.link != nil
        }
        guard isConsuming else { return reportStopped() }
        consumersChanged.ring()
        await stopped.wait()
    }

    /// Sends the last settlements, closes in order and lets `run()` return. Bounded by the settings' limit.
    package func shutDown() async {
        await supervisor.shutDown(self)
    }

    package var status: AMQPStatus {
        let (stopRequested, isConsuming) = state.withLock { ($0.stopRequested, $0.link?.isActive ?? false) }
        var status = supervisor.status
        status.phase =
            if supervisor.isClosed { .closed } else if stopRequested || supervisor.isShuttingDown { .stopping } else {
                isConsuming ? .active : .connecting
            }
        return status
    }
}

extension AMQPConsumer {
    struct State {
        var stopRequested = false
        var stopReported = false
        /// The present connection, from its first consumer on.
        var link: Link?
    }

    /// What belongs to one connection and is forgotten with it.
    struct Link {
        let epoch: UInt64
        var consumers: [Consumer] = []
        var settlements: [Settlement] = []
        /// `active` was reported for this connection and still holds.
        var isActive = false
        /// `active` was reported for this connection at some time.
        var wasActive = false

        init(epoch: UInt64) {
            self.epoch = epoch
        }
    }

    struct Consumer {
        /// Which of the settings' queues.
        let index: Int
        let tag: String
        let queue: String
        /// `false`: it was cancelled, by the broker or by us.
        var isConsuming = true
    }
}
