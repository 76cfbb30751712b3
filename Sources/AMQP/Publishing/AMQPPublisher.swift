package import Logging
import Synchronization

/// Publishes with confirms for as long as `run()` runs, across connections.
package final class AMQPPublisher: Sendable {
    let settings: AMQPPublisherSettings
    let confirmTimeout: Duration
    let supervisor: Supervisor
    let state: Mutex<State>
    /// Rung when there may be something to write, or a shutdown was asked for.
    let writable = Signal()
    /// Rung when the confirms to wait for are others than before.
    let inFlightChanged = Signal()

    struct State {
        var backlog: PublishBacklog
        var senders: [PublishBacklog.Ticket: CheckedContinuation<Result<Publication, AMQPError>, Never>] = [:]
        var isConnected = false
        /// Why no message is taken any more.
        var refusal: AMQPError?
    }

    package init(
        _ settings: AMQPPublisherSettings,
        transport: any AMQPTransport,
        clock: any Clock<Duration>,
        random: @escaping @Sendable () -> Double,
        logger: Logger
    ) {
        self.settings = settings
        let heartbeat = settings.endpoints.map(\.settings.heartbeat).max() ?? .zero
        confirmTimeout = settings.confirmTimeout ?? max(heartbeat * 2, .seconds(30))
        let backlog = PublishBacklog(
            windowMessages: settings.windowMessages,
            windowBytes: settings.windowBytes,
            backoff: settings.backoff
        )
        state = Mutex(State(backlog: backlog))
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
    /// Throws only what a person must mend, and only before the first connection stood: login refused, TLS, settings
    /// that cannot be used, a topology that does not match. Later such errors are logged and tried again.
    package func run() async throws(AMQPError) {
        try await supervisor.run(self)
    }

    /// Publishes and waits until the broker has confirmed or returned the message.
    ///
    /// Goes again after a loss or a refusal of the broker, with the same message id: at least once. Throws `.invalid`
    /// for a message that no broker can take or that this one does not accept, and `.closedByUs` after `shutDown()`,
    /// after the end of `run()`, or when the calling task is cancelled; the message may have gone out then.
    package func publish(_ message: OutgoingMessage) async throws(AMQPError) -> Publication {
        let bytes = try message.checked(largestBody: settings.largestBody)
        // Drawn before the continuation exists, so that a cancellation knows what to withdraw.
        let ticket = state.withLock { $0.backlog.drawTicket() }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let refusal = state.withLock { state -> AMQPError? in
                    // Under the lock that `onCancel` takes: a cancellation is seen here or finds the continuation.
                    if let refusal = state.refusal ?? (Task.isCancelled ? Self.cancelled : nil) { return refusal }
                    // Both at once: the answer may come before this call goes on.
                    state.senders[ticket] = continuation
                    state.backlog.add(message, bytes: bytes, as: ticket)
                    return nil
                }
                if let refusal { continuation.resume(returning: .failure(refusal)) }
                writable.ring()
            }
        } onCancel: {
            withdraw(ticket)
        }
        return try result.get()
    }

    /// Takes no more messages, waits for outstanding confirms, closes in order and lets `run()` return. Bounded by the
    /// settings' limit.
    package func shutDown() async {
        await supervisor.shutDown(self)
    }

    /// Declares once more what the topology names, on a connection of its own.
    /// - Returns: whether we are to declare at all.
    package func declareAgain(within limit: Duration = .seconds(10)) async throws(AMQPError) -> Bool {
        guard settings.topology.mode == .declare else { return false }
        let topology = settings.topology
        try await QueueVisit.with(
            settings.endpoints,
            as: settings.connectionName,
            over: supervisor.transport,
            stopwatch: supervisor.stopwatch,
            random: supervisor.random(),
            within: limit
        ) { visit throws(AMQPError) in
            try await topology.establish(on: visit.connection)
        }
        return true
    }

    package var status: AMQPStatus {
        let (isConnected, outstanding) = state.withLock { ($0.isConnected, $0.backlog.count) }
        var status = supervisor.status
        status.outstanding = outstanding
        status.phase =
            if supervisor.isClosed { .closed } else if supervisor.isShuttingDown { .stopping } else {
                isConnected ? .active : .connecting
            }
        return status
    }
}

extension AMQPPublisher {
    private static let cancelled = AMQPError(.closedByUs, "The sender waits no longer; the message may have gone out")

    private func withdraw(_ ticket: PublishBacklog.Ticket) {
        let sender = state.withLock { state in
            state.backlog.withdraw(ticket)
            return state.senders.removeValue(forKey: ticket)
        }
        sender?.resume(returning: .failure(Self.cancelled))
        writable.ring()
        supervisor.progressed()
    }

    func resume(_ answers: [PublishBacklog.Answer]) {
        guard !answers.isEmpty else { return }
        let senders = state.withLock { state in
            answers.map { (state.senders.removeValue(forKey: $0.ticket), $0.result) }
        }
        for (sender, result) in senders { sender?.resume(returning: result) }
        supervisor.progressed()
    }

    /// Takes no more messages for this reason.
    func refuse(because refusal: AMQPError) {
        state.withLock { $0.refusal = $0.refusal ?? refusal }
    }

    /// Tells every waiting sender that nothing will come any more.
    func abandon() {
        let (senders, refusal) = state.withLock { state in
            // In the order of sending, whatever the dictionary's.
            let senders = state.senders.sorted { $0.key < $1.key }
            for (ticket, _) in senders { state.backlog.withdraw(ticket) }
            state.senders = [:]
            return (senders.map(\.value), state.refusal)
        }
        let error = refusal ?? AMQPError(.closedByUs, "The publisher is closed")
        for sender in senders { sender.resume(returning: .failure(error)) }
    }
}
