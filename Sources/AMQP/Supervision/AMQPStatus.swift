/// A snapshot of a consumer or a publisher, for readiness, metrics and people.
package struct AMQPStatus: Hashable, Sendable {
    package enum Phase: String, Hashable, Sendable {
        /// Also: waiting for the next try, and a cancelled consumer that is not back yet.
        case connecting
        /// Consumer: every consumer is consuming on the present connection. Publisher: messages go out.
        case active
        /// Asked to stop; what is outstanding is being finished.
        case stopping
        case closed
    }

    package struct Counters: Hashable, Sendable {
        package var connections = 0
        package var connectFailures = 0
        package var connectionsLost = 0
        package var delivered = 0
        package var settled = 0
        /// Settlements of a delivery whose connection is gone: dropped, never sent.
        package var staleSettlements = 0
        package var consumersCancelled = 0
        /// Messages written to a connection, again ones included.
        package var published = 0
        /// Messages written once more after a loss or a refusal.
        package var republished = 0
        package var confirmed = 0
        package var unroutable = 0
        /// basic.nack of a message by the broker.
        package var refused = 0
        package var confirmTimeouts = 0

        package init() {}
    }

    package var phase: Phase
    /// Counts connections; 0 before the first.
    package var epoch: UInt64
    /// The node of the present connection, without the password.
    package var node: String?
    package var lastError: AMQPError?
    /// What the broker said when it blocked the connection (memory or disk alarm).
    package var blockedReason: String?
    /// Publisher: messages handed to `publish` that have no answer yet.
    package var outstanding: Int
    package var counters: Counters

    package init(
        phase: Phase = .connecting,
        epoch: UInt64 = 0,
        node: String? = nil,
        lastError: AMQPError? = nil,
        blockedReason: String? = nil,
        outstanding: Int = 0,
        counters: Counters = Counters()
    ) {
        self.phase = phase
        self.epoch = epoch
        self.node = node
        self.lastError = lastError
        self.blockedReason = blockedReason
        self.outstanding = outstanding
        self.counters = counters
    }
}
