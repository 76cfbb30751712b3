package import AMQP
import CopyContract
package import CopyDomain

/// A delivery on its way to another queue: the same body and properties, less what would hurt or mislead there.
package enum Republication {
    /// - Parameter headers: set on top, e.g. the reason.
    package static func message(
        of delivery: Delivery,
        to queue: String,
        now: Timestamp,
        headers: AMQPTable = [:]
    ) -> OutgoingMessage {
        var message = delivery.message
        if message.canBeSentOn {
            message.headers.fields.removeAll { CarriedHeader.broker.contains($0.name) }
        } else {
            message.headers = [CarriedHeader.headersDropped: .boolean(true)]
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
        message.headers[CarriedHeader.attempts] = nil
        message.headers[CarriedHeader.deaths] = nil
        message.headers[CarriedHeader.fatalLooks] = nil
        message.headers[CarriedHeader.hops] = .integer(hopCount(of: delivery.message) + 1)
        message.headers[CarriedHeader.firstSeen] = .integer(firstSeen(of: delivery.message, now: now).milliseconds)
        for field in headers.fields { message.headers[field.name] = field.value }
        return OutgoingMessage(exchange: "", routingKey: queue, mandatory: true, message: message)
    }

    package static func hopCount(of message: AMQPMessage) -> Int64 { count(CarriedHeader.hops, of: message) }

    package static func attempts(of message: AMQPMessage) -> Int64 { count(CarriedHeader.attempts, of: message) }

    package static func deaths(of message: AMQPMessage) -> Int64 { count(CarriedHeader.deaths, of: message) }

    package static func fatalLooks(of message: AMQPMessage) -> Int64 { count(CarriedHeader.fatalLooks, of: message) }

    /// What is no number counts as none.
    private static func count(_ header: String, of message: AMQPMessage) -> Int64 {
        min(max(message.headers[header]?.number ?? 0, 0), 1_000_000_000)
    }

    /// What the header says, unless it lies in the future or is none.
    package static func firstSeen(of message: AMQPMessage, now: Timestamp) -> Timestamp {
        guard let milliseconds = message.headers[CarriedHeader.firstSeen]?.number,
            (0...now.milliseconds).contains(milliseconds)
        else {
            return now
        }
        return Timestamp(milliseconds: milliseconds)
    }

    private static func set(aside name: String, _ value: AMQPValue?, in message: inout AMQPMessage) {
        // The first hop tells the truth; a later one would only set aside what we set ourselves.
        guard let value, message.headers[CarriedHeader.original + name] == nil else { return }
        message.headers[CarriedHeader.original + name] = value
    }
}
