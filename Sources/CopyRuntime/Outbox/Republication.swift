package import AMQP
package import CopyDomain

/// A delivery on its way to another queue: the same body and properties, less what would hurt or mislead there.
package enum Republication {
    package static let hops = "x-copy-hops"
    /// Milliseconds since 1970 UTC of the first sight of the message by any worker.
    package static let firstSeen = "x-copy-first-seen"
    package static let reasonCode = "x-copy-reason-code"
    package static let reason = "x-copy-reason"
    package static let reasonField = "x-copy-reason-field"
    /// How often in a row the message was sent on for trouble that was to pass.
    package static let attempts = "x-copy-attempts"
    /// How often the message came back from workers that had not claimed its request, before it was this message.
    package static let deaths = "x-copy-deaths"
    /// How often a worker was gone while it looked at the suspicious message.
    package static let fatalLooks = "x-copy-fatal-looks"
    /// The queue that a parked message came from.
    package static let parkedFrom = "x-copy-parked-from"
    /// The id of the journal whose worker sent the message on.
    package static let journal = "x-copy-journal"
    /// Set when the message was made anew of what the journal knows: the one before was lost.
    package static let rebuilt = "x-copy-rebuilt"
    /// Set when the headers were too large to travel on.
    package static let headersDropped = "x-copy-headers-dropped"
    private static let original = "x-copy-original-"

    /// Headers of the broker's own that would be taken for the new message's.
    private static let brokerHeaders: Set<String> = [
        "x-death", "x-first-death-exchange", "x-first-death-queue", "x-first-death-reason", "x-last-death-exchange",
        "x-last-death-queue", "x-last-death-reason", "x-delivery-count", "x-acquired-count",
    ]

    /// - Parameter headers: set on top, e.g. the reason.
    package static func message(
        of delivery: Delivery,
        to queue: String,
        now: Timestamp,
        headers: AMQPTable = [:]
    ) -> OutgoingMessage {
        var message = delivery.message
        if message.canBeSentOn {
            message.headers.fields.removeAll { brokerHeaders.contains($0.name) }
        } else {
            message.headers = [headersDropped: .boolean(true)]
        }
        set(aside: "user-id", message.userID.map(AMQPValue.string), in: &message)
        set(aside: "timestamp", message.timestamp.map(AMQPValue.timestamp), in: &message)
        set(aside: "expiration", message.expiration.map(AMQPValue.string), in: &message)
        for name in ["CC", "BCC"] {
            set(aside: name.lowercased(), message.headers[name], in: &message)
            message.headers[name] = nil
        }
        message.userID = nil
        message.timestamp = nil
        message.expiration = nil
        message.deliveryMode = 2
        // Counted only as long as whoever sends on says so.
        message.headers[attempts] = nil
        message.headers[deaths] = nil
        message.headers[fatalLooks] = nil
        message.headers[hops] = .integer(hopCount(of: delivery.message) + 1)
        message.headers[firstSeen] = .integer(firstSeen(of: delivery.message, now: now).milliseconds)
        for field in headers.fields { message.headers[field.name] = field.value }
        return OutgoingMessage(exchange: "", routingKey: queue, mandatory: true, message: message)
    }

    package static func hopCount(of message: AMQPMessage) -> Int64 { count(hops, of: message) }

    package static func attempts(of message: AMQPMessage) -> Int64 { count(attempts, of: message) }

    package static func deaths(of message: AMQPMessage) -> Int64 { count(deaths, of: message) }

    package static func fatalLooks(of message: AMQPMessage) -> Int64 { count(fatalLooks, of: message) }

    /// What is no number counts as none.
    private static func count(_ header: String, of message: AMQPMessage) -> Int64 {
        min(max(message.headers[header]?.number ?? 0, 0), 1_000_000_000)
    }

    /// What the header says, unless it lies in the future or is none.
    package static func firstSeen(of message: AMQPMessage, now: Timestamp) -> Timestamp {
        guard let milliseconds = message.headers[firstSeen]?.number, (0...now.milliseconds).contains(milliseconds)
        else {
            return now
        }
        return Timestamp(milliseconds: milliseconds)
    }

    private static func set(aside name: String, _ value: AMQPValue?, in message: inout AMQPMessage) {
        // The first hop tells the truth; a later one would only set aside what we set ourselves.
        guard let value, message.headers[original + name] == nil else { return }
        message.headers[original + name] = value
    }
}
