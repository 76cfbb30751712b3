/// What is wrong with a message, before it is known how much of it was understood.
struct RequestFault: Error, Hashable, Sendable {
    let code: RejectionCode
    let message: String
    let field: String?

    init(_ code: RejectionCode, _ message: String, field: String? = nil) {
        self.code = code
        self.message = message
        self.field = field
    }

    init(_ error: JSONSyntaxError) {
        switch error.code {
        case .malformed: code = .malformedJSON
        case .duplicateKey: code = .duplicateKey
        case .notUTF8: code = .notUTF8
        }
        message = "the body: \(error)"
        field = error.path.isRoot ? nil : error.path.description
    }
}
