/// No answer.
package struct HTTPSendingError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// Not a byte of the request left: name not resolved, connection refused, TLS refused.
        case notSent
        /// `sendBefore` had passed at the socket: nothing was sent.
        case tooLate
        /// The request, or a part of it, was sent, and no whole answer came: reset, time-out, cut off.
        case noAnswer
    }

    package let code: Code
    /// Without secrets.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
