import AMQP
import CopyContract
import CopyDomain

/// An outcome or a rejection as it came over the broker.
struct Outcome: Sendable {
    let id: String
    let body: [UInt8]
    let data: JSONValue

    init?(_ message: AMQPMessage) {
        guard let id = message.messageID, let event = try? JSONParser.parse(message.body), let data = event["data"]
        else { return nil }
        self.id = id
        body = message.body
        self.data = data
    }

    /// `nil`: none that the matrix knows.
    var ending: Cell.Ending? {
        switch data["event"]?.string {
        case "succeeded": data["alreadyThere"]?.bool == true ? .alreadyThere : .copied
        case "failed": code.flatMap(FailureCode.init(rawValue:)).map(Cell.Ending.failed)
        case "rejected": code.flatMap(RejectionCode.init(rawValue:)).map(Cell.Ending.refused)
        case _: nil
        }
    }

    var code: String? { data["error"]?["code"]?.string }
    var attempts: Int? { data["attempts"]?.integer }
    var targetID: String? { data["target"]?["id"]?.string }
    var targetDeleted: Bool? { data["targetDeleted"]?.bool }
    var text: String { String(decoding: body, as: UTF8.self) }

    /// Ids and names that the outcome says were left behind.
    var leftBehind: Set<String> {
        let items = data["leftBehind"]?.array ?? []
        let suspects = items.flatMap { $0["suspects"]?.array ?? [] }.compactMap(\.string)
        return Set(items.compactMap { $0["id"]?.string ?? $0["name"]?.string } + suspects)
    }
}
