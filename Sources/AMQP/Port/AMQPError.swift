/// What went wrong between us and the broker.
package struct AMQPError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// Nobody listens, no route, name not resolved.
        case unreachable
        /// ACCESS_REFUSED at login, or a vhost the user may not enter.
        case loginRefused
        /// Certificate, hostname or protocol version.
        case tls
        /// A call ran into its time-out.
        case timedOut
        /// Nothing from the peer for two heartbeats, or nearly so.
        case heartbeatMissed
        /// The socket is gone.
        case connectionLost
        /// connection.close by the broker.
        case connectionClosed
        /// channel.close by the broker; `replyCode` tells why (404, 405, 406 …).
        case channelClosed
        /// Something that the protocol does not allow.
        case protocolViolation
        /// We closed it.
        case closedByUs
        /// The value cannot be used: a URI that is none, a message over a limit, a short string over 255 bytes.
        case invalid
    }

    package let code: Code
    /// One sentence without secrets, for logs and people.
    package let message: String
    /// The broker's reply code, where it sent one.
    package let replyCode: UInt16?

    package init(_ code: Code, _ message: String, replyCode: UInt16? = nil) {
        self.code = code
        self.message = message
        self.replyCode = replyCode
    }
}

extension AMQPError: CustomStringConvertible {
    package var description: String {
        replyCode.map { "\(code.rawValue) (\($0)): \(message)" } ?? "\(code.rawValue): \(message)"
    }
}
