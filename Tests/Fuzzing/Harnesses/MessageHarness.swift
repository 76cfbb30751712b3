import CRabbitMQ
import CopyDomain

@testable import AMQP
@testable import CopyContract
@testable import CopyRuntime
@testable import RabbitMQTransport

/// The properties of a message as they stand on the wire: decoded by librabbitmq, copied, sent on, encoded again.
enum MessageHarness: Harness {
    static let name = "messages"

    static func run(_ input: [UInt8]) {
        guard var message = decoded(input) else { return Tally.count("refusedByLibrary") }
        Tally.count("decoded")
        if !message.headers.fields.isEmpty { Tally.count("headers") }
        message.body = Array("{}".utf8)
        let delivery = RequestHarness.delivery(message)
        _ = delivery.incoming
        _ = message.eventContext
        Tally.count(message.canBeSentOn ? "sendable" : "headersDropped")
        check(sentOn: delivery, Republication.message(of: delivery, to: "copy.retry.10s", now: World.noon))
        check(
            parking: delivery,
            reason: Rejection(
                .invalidField,
                String(repeating: "ä", count: 1000),
                field: String(repeating: "f", count: 200)
            )
        )
        _ = try? RequestDecoder.decode(delivery.incoming)
    }

    /// A refused message goes to the parking queue with its reason, whatever it is.
    static func check(parking delivery: Delivery, reason: Rejection) {
        var headers: AMQPTable = [
            CarriedHeader.reasonCode: .string(reason.code.rawValue),
            CarriedHeader.reason: .string(reason.message),
        ]
        headers[CarriedHeader.reasonField] = reason.field.map(AMQPValue.string)
        let parked = Republication.message(of: delivery, to: "copy.parking", now: World.noon, headers: headers)
        check(sentOn: delivery, parked)
        holds(parked.message.headers[CarriedHeader.reason]?.text == reason.message, "the reason is lost")
    }

    private static func check(sentOn delivery: Delivery, _ outgoing: OutgoingMessage) {
        let before = delivery.message
        let after = outgoing.message
        holds(after.body == before.body, "another body")
        holds(after.contentType == before.contentType, "another content type")
        holds(after.messageID == before.messageID, "another message id")
        holds(after.correlationID == before.correlationID, "another correlation id")
        holds(after.replyTo == before.replyTo, "another reply-to")
        holds(after.userID == nil && after.expiration == nil && after.deliveryMode == 2, "what would hurt is left")
        holds(after.headers["CC"] == nil && after.headers["BCC"] == nil, "it would be copied")
        holds(
            after.headers[CarriedHeader.hops]?.number == Republication.hopCount(of: before) + 1,
            "the hops are not counted"
        )
        _ = mustWork("sending a message on") { try outgoing.checked(largestBody: 1 << 20) }
        let wire = encoded(after)
        guard let again = decoded(wire) else { violated("the library does not read what it wrote") }
        holds(encoded(again) == wire, "other properties the second time")
    }

    // MARK: - The library

    private static func decoded(_ bytes: [UInt8]) -> AMQPMessage? {
        var pool = unsafe amqp_pool_t()
        unsafe init_amqp_pool(&pool, 8192)
        defer { unsafe empty_amqp_pool(&pool) }
        var bytes = bytes
        return unsafe bytes.withUnsafeMutableBytes { buffer in
            // The first two bytes are the flags, which the library reads without looking how many there are.
            guard buffer.count >= 2 else { return nil }
            let wire = unsafe amqp_bytes_t(len: buffer.count, bytes: buffer.baseAddress)
            var decoded: UnsafeMutableRawPointer?
            let status = unsafe amqp_decode_properties(UInt16(AMQP_BASIC_CLASS), &pool, wire, &decoded)
            guard status >= 0, let decoded = unsafe decoded else { return nil }
            return unsafe AMQPMessage(decoded.load(as: amqp_basic_properties_t.self))
        }
    }

    /// As the driver encodes it, within one frame.
    private static func encoded(_ message: AMQPMessage) -> [UInt8] {
        let pool = EncodingPool()
        var properties = unsafe mustWork("properties of a message that passed the check") {
            unsafe try pool.properties(of: message)
        }
        var frame = [UInt8](repeating: 0, count: Int(BrokerLink.frameSize) - 20)
        let count = unsafe frame.withUnsafeMutableBytes { buffer in
            unsafe amqp_encode_properties(
                UInt16(AMQP_BASIC_CLASS),
                &properties,
                amqp_bytes_t(len: buffer.count, bytes: buffer.baseAddress)
            )
        }
        holds(count >= 0, "the properties do not fit into a frame")
        return Array(frame.prefix(Int(count)))
    }
}
