package import AMQP
package import CopyContract

/// An outcome or a rejection as it came over the broker.
package struct PublishedOutcome: Sendable {
    package let id: String
    package let body: [UInt8]
    package let data: JSONValue

    package init?(_ message: AMQPMessage) {
        guard let id = message.messageID, let event = try? JSONParser.parse(message.body), let data = event["data"]
        else { return nil }
        self.id = id
        body = message.body
        self.data = data
    }

    /// `succeeded`, `failed` and so on.
    package var event: String? { data["event"]?.string }
    package var code: String? { data["error"]?["code"]?.string }
    package var attempts: Int? { data["attempts"]?.integer }
    package var targetID: String? { data["target"]?["id"]?.string }
    package var targetDeleted: Bool? { data["targetDeleted"]?.bool }
    package var isAlreadyThere: Bool { data["alreadyThere"]?.bool == true }
    package var text: String { String(decoding: body, as: UTF8.self) }

    /// Ids and names that the outcome says were left behind.
    package var leftBehind: Set<String> {
        let items = data["leftBehind"]?.array ?? []
        let suspects = items.flatMap { $0["suspects"]?.array ?? [] }.compactMap(\.string)
        return Set(items.compactMap { $0["id"]?.string ?? $0["name"]?.string } + suspects)
    }
}
