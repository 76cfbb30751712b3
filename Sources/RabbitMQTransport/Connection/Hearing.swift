import AMQP

/// Whether the broker still hears this side. Its heartbeats only show that it talks, and the library waits for two of
/// them, which leaves no time to connect again within two: so it is asked three times in a heartbeat, and given up after
/// a whole one without an answer.
struct Hearing: Sendable {
    /// With heartbeats that are shorter a busy broker would be given up for nothing.
    private static let shortestHeartbeat: Duration = .seconds(10)

    private let heartbeat: Duration
    private var lastHeard: SuspendingClock.Instant
    private var askedAt: SuspendingClock.Instant?

    init(heartbeat: Duration, at now: SuspendingClock.Instant) {
        self.heartbeat = heartbeat
        lastHeard = now
    }

    /// The broker answered something: also a confirm shows how far it has heard.
    mutating func heard(at now: SuspendingClock.Instant) {
        lastHeard = now
        askedAt = nil
    }

    /// The broker cannot answer now: its time begins anew when it can.
    mutating func postpone(at now: SuspendingClock.Instant) {
        if askedAt != nil { askedAt = now }
    }

    /// Whether it is to be asked now. Throws when it had a whole heartbeat to answer.
    mutating func asks(at now: SuspendingClock.Instant) throws(AMQPError) -> Bool {
        guard heartbeat >= Self.shortestHeartbeat, rest(at: now) <= .zero else { return false }
        guard askedAt == nil else {
            throw AMQPError(.heartbeatMissed, "The broker has not answered for a whole heartbeat")
        }
        askedAt = now
        return true
    }

    /// How long there is nothing to ask or to give up.
    func rest(at now: SuspendingClock.Instant) -> Duration {
        guard heartbeat >= Self.shortestHeartbeat else { return heartbeat }
        let due = askedAt.map { $0 + heartbeat } ?? lastHeard + heartbeat / 3
        return now.duration(to: due)
    }
}
