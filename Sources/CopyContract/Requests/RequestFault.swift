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

    /// - Parameter attribute: of a CloudEvent, if it is its text that is no JSON, and not the body.
    init(_ error: JSONSyntaxError, in attribute: String? = nil) {
        switch error.code {
        case .malformed: code = .malformedJSON
        case .duplicateKey: code = .duplicateKey
        case .notUTF8: code = .notUTF8
        }
        message = "\(attribute ?? "the body"): \(error)"
        field = attribute ?? (error.path.isRoot ? nil : error.path.description)
    }
}
