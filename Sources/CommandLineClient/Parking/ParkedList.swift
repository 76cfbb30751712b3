import AMQP

/// What a look at the parking queue has found.
package struct ParkedList: Sendable {
    /// What a person means by a text.
    package enum Meaning: Sendable {
        case nothing
        case these([ParkedMessage])
        /// Not the same messages in every way in which it names some; says which in which way.
        case doubtful(String)
    }

    /// Why there may be more behind what was looked at.
    package enum CutOff: Hashable, Sendable {
        /// So many messages are held at most.
        case messages(Int)
        /// Among so many messages are large ones of so many bytes, behind which the transport reads no further.
        case largeBytes(Int, among: Int)
    }

    /// Oldest first.
    package let messages: [ParkedMessage]
    /// `nil`: this is all.
    package let cutOff: CutOff?

    init(_ messages: [ParkedMessage], room: ParkingLot.Room) {
        self.messages = messages
        let largeBytes = messages.map(\.message.body.count).filter { $0 >= LargeBody.leastSize }.reduce(0, +)
        cutOff =
            if messages.count >= room.messages {
                .messages(messages.count)
            } else if largeBytes >= room.largeBytes {
                .largeBytes(largeBytes, among: messages.count)
            } else { nil }
    }

    /// What is meant: one place by its number, else all messages of one digest, request's id or message-id.
    ///
    /// A number means its place only, since plain counters are common as message-ids.
    package func meaning(of text: String) -> Meaning {
        if let place = messages.first(where: { String($0.number) == text }) { return .these([place]) }
        let ways: [(name: String, messages: [ParkedMessage])] = [
            ("digest", messages.filter { $0.digest == text }),
            ("request's id", messages.filter { $0.requestID == text }),
            ("message-id", messages.filter { $0.messageID == text }),
        ].filter { !$0.messages.isEmpty }
        guard let first = ways.first else { return .nothing }
        guard ways.allSatisfy({ $0.messages.map(\.number) == first.messages.map(\.number) }) else {
            let all = ways.map { "the \($0.name) of \(Self.numbers($0.messages))" }
            return .doubtful("\"\(text)\" is \(all.joined(separator: " and ")); give a number")
        }
        return .these(first.messages)
    }

    private static func numbers(_ messages: [ParkedMessage]) -> String {
        let some = messages.prefix(5).map { "\($0.number)" }.joined(separator: ", ")
        return "number \(some)\(messages.count > 5 ? ", …" : "")"
    }
}

extension ParkedList.CutOff: CustomStringConvertible {
    /// How far the look went, and why no farther.
    package var description: String {
        switch self {
        case .messages(let count): "only the first \(count) messages were looked at, and no more are held at once"
        case .largeBytes(let bytes, let count):
            "only the first \(count == 1 ? "message was" : "\(count) messages were") looked at: of large ones, "
                + "\(bytes >> 20) MiB are held already"
        }
    }
}
