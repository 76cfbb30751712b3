package import AMQP
import CopyContract
import CopyDomain

/// A message that was put aside for a person.
package struct ParkedMessage: Sendable {
    /// Its place in the queue, from 1.
    package let number: Int
    /// The first 8 hexadecimal digits of its body's SHA-256, as in the id of the `rejected` event.
    package let digest: String
    package let message: AMQPMessage
    /// The request's id as far as the message tells it.
    package let requestID: String?

    package init(number: Int, _ message: AMQPMessage) {
        self.number = number
        self.message = message
        digest = String(Fingerprint.of(message.body).prefix(8))
        requestID = message.requestID
    }

    package var reasonCode: String? { text(CarriedHeader.reasonCode) }
    package var reason: String? { text(CarriedHeader.reason) }
    /// The queue it came from.
    package var origin: String? { text(CarriedHeader.parkedFrom) ?? deathQueue }
    package var messageID: String? { message.messageID }

    /// When a worker saw it first.
    package var firstSeen: String? {
        message.headers[CarriedHeader.firstSeen]?.number.map { Timestamp(milliseconds: max(0, $0)).rfc3339 }
    }

    private func text(_ header: String) -> String? { message.headers[header]?.text }

    /// Of a message that the broker itself put aside.
    private var deathQueue: String? { text(CarriedHeader.firstDeathQueue) }
}

extension AMQPMessage {
    /// As workers take it from the message, in every wire form; of what they do not understand, the field.
    fileprivate var requestID: String? {
        let incoming = IncomingMessage(
            body: body,
            contentType: contentType,
            contentEncoding: contentEncoding,
            messageID: messageID,
            headers: headers.fields.compactMap { field in field.value.text.map { (name: field.name, value: $0) } }
        )
        let body = try? JSONParser.parse(body)
        let request = body.flatMap { $0["specversion"] == nil ? $0 : $0["data"] }
        // The id of a command's message names the command.
        guard request?["command"] == nil else { return request?["id"]?.string }
        do {
            return try RequestDecoder.decode(incoming).id.rawValue
        } catch {
            return error.requestID?.rawValue ?? request?["id"]?.string
        }
    }
}

// MARK: - For people and programs

extension ParkedMessage {
    package static let listing = Listing(
        columns: ["NUMBER", "DIGEST", "REASON", "REQUEST", "FIRST SEEN", "MESSAGE"],
        nothing: "nothing is parked"
    )

    /// `1  3fa9c1d2  unknown_resource  dr-1  2026-11-21T12:00:00.000Z  source.resource: …`
    package var line: String {
        [
            String(number), digest, Printable.line(reasonCode ?? "(no reason)", limit: 40),
            Printable.line(requestID ?? messageID ?? "(no id)", limit: 128), firstSeen ?? "-",
            Printable.line(reason ?? "put aside by the broker", limit: 300),
        ].joined(separator: "  ")
    }

    package var json: String { JSONText.line(value) }

    /// Everything, the body last; without what the broker counts, since looking counts as well.
    package var full: String {
        var lines = [
            "number: \(number)", "digest: \(digest)", "reason: \(shown(reasonCode)): \(shown(reason))",
            "field: \(shown(text(CarriedHeader.reasonField)))", "from: \(shown(origin))",
            "first seen: \(firstSeen ?? "-")", "message-id: \(shown(messageID))",
            "correlation-id: \(shown(message.correlationID))", "content type: \(shown(message.contentType))",
            "bytes: \(message.body.count)",
        ]
        for field in message.headers.fields where !CarriedHeader.brokerCounts.contains(field.name) {
            lines.append(
                "header \(shown(field.name)): \(shown(field.value.text ?? field.value.number.map { "\($0)" }))"
            )
        }
        let body = String(validating: message.body, as: UTF8.self)
        lines.append("")
        let rows = body?.split(separator: "\n", omittingEmptySubsequences: false)
        lines += rows?.map { Printable.line(String($0), limit: 10_000) } ?? ["(the body is no UTF-8)"]
        return lines.joined(separator: "\n")
    }

    private var value: JSONValue {
        .fields([
            "number": .integer(number), "digest": .string(digest),
            "reason": reasonCode.map { .string(Printable.line($0, limit: 128)) },
            "message": reason.map { .string(Printable.line($0, limit: 4096)) },
            "from": origin.map { .string(Printable.line($0, limit: 256)) },
            "requestId": requestID.map { .string(Printable.line($0, limit: 128)) },
            "messageId": messageID.map { .string(Printable.line($0, limit: 256)) },
            "firstSeen": firstSeen.map(JSONValue.string),
            "bytes": .integer(message.body.count),
        ])
    }

    private func shown(_ text: String?) -> String { text.map { Printable.line($0, limit: 2000) } ?? "-" }
}
