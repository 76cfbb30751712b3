/// What a supervisor keeps connected: the consumer or the publisher.
protocol Supervised: Sendable {
    /// Whether another connection would be of any use.
    var wantsConnection: Bool { get }
    /// Whether, without a connection, there is still something to wait for when asked to shut down.
    var hasUnfinished: Bool { get }

    /// Topology, consumers, confirms: everything that has to stand before the connection is of use.
    func prepare(_ connection: any AMQPConnection, epoch: UInt64) async throws(AMQPError)
    /// Works on the prepared connection until it ends.
    func serve(_ connection: any AMQPConnection, epoch: UInt64) async -> SessionEnd
    /// The connection, prepared or not, has ended; called for each `prepare`, once.
    func disconnected(epoch: UInt64, end: SessionEnd) -> Aftermath
    /// Asked to shut down: a session ends itself by `.orderly` as soon as it may.
    func shutdownRequested()
    /// Nothing follows.
    func closed(because error: AMQPError?)
}

/// What a lost connection says about the broker.
enum Aftermath: Sendable {
    /// Something may be wrong with it: the waits grow.
    case backOff
    /// It is well, but closed on something that we sent and now hold back: the shortest wait will do.
    case comeBackSoon
}

enum SessionEnd: Hashable, Sendable {
    /// Everything was said; the connection may be closed.
    case orderly
    /// The task was cancelled.
    case cancelled
    case lost(AMQPError)
}

extension SessionEnd {
    /// The end, after another of the session's tasks ended by `error`: the broker's reason counts more than ours.
    func ended(by error: AMQPError) -> SessionEnd {
        switch self {
        case .cancelled: .lost(error)
        case .orderly: self
        case .lost: error.code == .closedByUs || error.code == .connectionLost ? self : .lost(error)
        }
    }
}
