package import AMQP

/// What happened on the simulated broker.
package struct BrokerRecord: Sendable {
    package struct Attempt: Hashable, Sendable {
        package let at: Duration
        package let node: String
        package let name: String
    }

    /// Connections that were tried, successful or not.
    package var attempts: [Attempt] = []
    /// Messages that were accepted, in order, those of a lost connection included.
    package var accepted: [OutgoingMessage] = []
    /// Messages whose delivery was acknowledged, in order.
    package var acknowledged: [AMQPMessage] = []
    /// Settlements that the connection's ledger refused.
    package var refusedSettlements = 0
    /// Settlement frames with a tag the broker did not know: a fault of the client.
    package var unknownTags = 0
    package var settlementFrames = 0
    /// Calls to `publish` on a connection that had been told earlier that it is blocked.
    package var publishesWhileBlocked = 0
    /// The most answers that a fault kept back on one connection at once.
    package var mostUnanswered = 0
}
