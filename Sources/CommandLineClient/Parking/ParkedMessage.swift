package import AMQP
import CopyContract
import CopyDomain
import Crypto

/// A message that was put aside for a person.
package struct ParkedMessage: Sendable {
    /// Its place in the queue, from 1.
    package let number: Int
    /// The first 8 hexadecimal digits of its body's SHA-256, as in the id of the `rejected` event.
    package let digest: String
    package let message: AMQPMessage

    package init(number: Int, _ message: AMQPMessage) {
        self.number = number
        self.message = message
        digest = SHA256.hash(data: message.body).prefix(4)
            .map { ($0 < 0x10 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    package var reasonCode: String? { text("x-copy-reason-code") }
    package var reason: String? { text("x-copy-reason") }
    /// The queue it came from.
    package var origin: String? { text("x-copy-parked-from") ?? deathQueue }
    package var messageID: String? { message.messageID }

    /// When a worker saw it first.
    package var firstSeen: String? {
        message.headers["x-copy-first-seen"]?.number.map { Timestamp(milliseconds: max(0, $0)).rfc3339 }
    }

    /// The request's id as far as the body tells it.
    package var requestID: String? {
        guard let body = try? JSONParser.parse(message.body) else { return nil }
        return (body["id"] ?? body["data"]?["id"])?.string
    }

    /// Whether a person means this one: by its place, its digest, its request's id or its message-id.
    package func isMeant(by text: String) -> Bool {
        text == String(number) || text == digest || text == requestID || text == messageID
    }

    private func text(_ header: String) -> String? { message.headers[header]?.text }

    /// Of a message that the broker itself put aside.
    private var deathQueue: String? { text("x-first-death-queue") }
}

// MARK: - For people and programs

extension ParkedMessage {
    /// `1  3fa9c1d2  unknown_resource  dr-1  2026-11-21T12:00:00.000Z  source.resource: …`
    package var line: String {
        [
            String(number), digest, Printable.line(reasonCode ?? "(no reason)", limit: 40),
            Printable.line(requestID ?? messageID ?? "(no id)", limit: 128), firstSeen ?? "-",
            Printable.line(reason ?? "put aside by the broker", limit: 300),
        ].joined(separator: "  ")
    }

    package var json: String { String(decoding: JSONText.encode(value), as: UTF8.self) }

    /// Everything, the body last.
    package var full: String {
        var lines = [
            "number: \(number)", "digest: \(digest)", "reason: \(shown(reasonCode)): \(shown(reason))",
            "field: \(shown(text("x-copy-reason-field")))", "from: \(shown(origin))", "first seen: \(firstSeen ?? "-")",
            "message-id: \(shown(messageID))", "correlation-id: \(shown(message.correlationID))",
            "content type: \(shown(message.contentType))", "bytes: \(message.body.count)",
        ]
        for field in message.headers.fields {
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
