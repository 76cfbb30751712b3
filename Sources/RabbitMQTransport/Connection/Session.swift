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

    init(_ link: BrokerLink, now: SuspendingClock.Instant) {
        self.link = link
        lastRead = now
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
