/// What a look at the parking queue has found.
package struct ParkedList: Sendable {
    /// What a person means by a text.
    package enum Meaning: Sendable {
        case nothing
        case these([ParkedMessage])
        /// Not the same messages in every way in which it names some; says which in which way.
        case doubtful(String)
    }

    /// Oldest first.
    package let messages: [ParkedMessage]

    init(_ messages: [ParkedMessage]) {
        self.messages = messages
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
