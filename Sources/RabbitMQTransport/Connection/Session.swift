import AMQP

/// What belongs to an open connection. Only the connection's thread touches it.
final class Session {
    let link: BrokerLink
    var assembly = ContentAssembly()
    var ledger = AckLedger(epoch: 0)
    var outbox = Outbox()
    /// The broker takes no messages for now; writing on would block the thread, and the acknowledgements with it.
    var isBlocked = false
    var lastRead: SuspendingClock.Instant
    /// Nothing waits to be read. What does may be the answer.
    var hasReadAll = true
    private var lastSignOfLife: SuspendingClock.Instant
    private var hearing: Hearing

    init(_ link: BrokerLink, now: SuspendingClock.Instant) {
        self.link = link
        lastRead = now
        lastSignOfLife = now
        hearing = Hearing(heartbeat: link.heartbeat, at: now)
    }

    /// How long nothing has to be done, unless something comes.
    func rest(at now: SuspendingClock.Instant) -> Duration {
        let beat = link.heartbeat / 3
        return isDeaf ? beat : min(beat, hearing.rest(at: now))
    }

    /// A broker that is short of memory reads nothing from who publishes, and answers nothing; and what is not read for
    /// want of room here says nothing of the broker.
    private var isDeaf: Bool { isBlocked || isFull }

    func heard(at now: SuspendingClock.Instant) {
        hearing.heard(at: now)
    }

    /// Throws when the broker does not hear any more what is sent to it.
    func askAgain(at now: SuspendingClock.Instant) throws(AMQPError) {
        guard !isDeaf else { return hearing.postpone(at: now) }
        guard hasReadAll else { return }
        if try hearing.asks(at: now) { try link.askForFlow() }
    }
}

extension Session {
    var isFull: Bool { ledger.outstandingBytes >= LargeBody.room && assembly.isIdle }

    /// `false`: the tag is not above all earlier ones.
    func delivered(_ tag: UInt64, _ body: [UInt8]) -> Bool {
        ledger.delivered(tag, size: body.count < LargeBody.leastSize ? 0 : body.count)
    }

    /// The library does so only when it reads.
    func showLife(at now: SuspendingClock.Instant) throws(AMQPError) {
        guard lastSignOfLife.duration(to: now) >= link.heartbeat / 3 else { return }
        try link.sendHeartbeat()
        lastSignOfLife = now
    }
}

/// Messages that wait for the end of the turn.
struct Outbox: Sendable {
    private var messages: [OutgoingMessage] = []
    private var sent = 0

    var isEmpty: Bool { sent == messages.count }

    mutating func append(_ more: [OutgoingMessage]) {
        messages.append(contentsOf: more)
    }

    mutating func next() -> OutgoingMessage? {
        guard sent < messages.count else { return nil }
        let message = messages[sent]
        sent += 1
        if sent == messages.count {
            messages.removeAll(keepingCapacity: true)
            sent = 0
        } else if sent == 1024 {
            messages.removeFirst(sent)
            sent = 0
        }
        return message
    }
}
