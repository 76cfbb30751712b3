/// What the admin port answers.
struct AdminAnswer: Sendable {
    var status = EmulatedAnswer.Status.ok
    var body: JSON

    static let done = AdminAnswer(body: ["done": true])

    static func created(_ body: JSON) -> AdminAnswer {
        AdminAnswer(status: .created, body: body)
    }

    static func refused(_ sentence: String) -> AdminAnswer {
        AdminAnswer(status: .badRequest, body: ["error": .string(sentence)])
    }

    static func unknown(_ sentence: String) -> AdminAnswer {
        AdminAnswer(status: .notFound, body: ["error": .string(sentence)])
    }
}
