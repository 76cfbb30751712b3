import AMQP
import CRabbitMQ

/// A status code of the library.
struct LibraryStatus: Equatable {
    let code: Int32

    init(_ code: Int32) { self.code = code }

    init(_ code: amqp_status_enum) { self.code = Int32(truncatingIfNeeded: code.rawValue) }

    static let ok = LibraryStatus(AMQP_STATUS_OK)
    static let timedOut = LibraryStatus(AMQP_STATUS_TIMEOUT)

    /// The only place where a status becomes an error.
    func check(_ doing: @autoclosure () -> String) throws(AMQPError) {
        guard self != .ok else { return }
        throw AMQPError(errorCode, "\(doing()) failed: \(text)")
    }

    var text: String {
        unsafe String(cString: amqp_error_string2(code))
    }

    private var errorCode: AMQPError.Code {
        switch self {
        case LibraryStatus(AMQP_STATUS_HOSTNAME_RESOLUTION_FAILED): .unreachable
        case .timedOut: .timedOut
        case LibraryStatus(AMQP_STATUS_HEARTBEAT_TIMEOUT): .heartbeatMissed
        case LibraryStatus(AMQP_STATUS_SSL_ERROR), LibraryStatus(AMQP_STATUS_SSL_CONNECTION_FAILED):
            acw_tls_peer_is_gone() != 0 ? .connectionLost : .tls
        case LibraryStatus(AMQP_STATUS_SSL_HOSTNAME_VERIFY_FAILED), LibraryStatus(AMQP_STATUS_SSL_PEER_VERIFY_FAILED):
            .tls
        case LibraryStatus(AMQP_STATUS_BROKER_UNSUPPORTED_SASL_METHOD): .loginRefused
        case LibraryStatus(AMQP_STATUS_BAD_AMQP_DATA), LibraryStatus(AMQP_STATUS_UNKNOWN_CLASS),
            LibraryStatus(AMQP_STATUS_UNKNOWN_METHOD), LibraryStatus(AMQP_STATUS_WRONG_METHOD),
            LibraryStatus(AMQP_STATUS_UNEXPECTED_STATE), LibraryStatus(AMQP_STATUS_INCOMPATIBLE_AMQP_VERSION):
            .protocolViolation
        case LibraryStatus(AMQP_STATUS_INVALID_PARAMETER), LibraryStatus(AMQP_STATUS_TABLE_TOO_BIG): .invalid
        default: .connectionLost
        }
    }
}
