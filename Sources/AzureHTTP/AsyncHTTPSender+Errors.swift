import AsyncHTTPClient
import AzureAI
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

extension AsyncHTTPSender {
    /// What happened to a request that has no answer: the ledger knows whether it left, the error only says why.
    static func sendingError(_ error: any Error, passage: PassageLedger.Passage?) -> HTTPSendingError {
        switch passage {
        case .tooLate?: HTTPSendingError(.tooLate, "the moment for sending it had passed; nothing was sent")
        case .waiting?: HTTPSendingError(.notSent, "nothing was sent: \(reason(error))")
        // A request without an entry is a mistake of ours; nobody can say what was sent.
        case .passed?, nil: HTTPSendingError(.noAnswer, "there was no answer: \(reason(error))")
        }
    }

    /// A reason in words that hold neither URL nor headers.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError: reason(error)
        case is CancellationError: "the worker gave it up"
        case let error as ResponseAccumulator.ResponseTooBigError:
            "the answer is larger than \(error.maxBodySize) bytes"
        case let error as NIOConnectionError: reason(error)
        case let error as IOError: reason(errno: error.errnoCode)
        case is HTTPParserError: "what came back is not HTTP"
        default: "\(type(of: error)): \(error)"
        }
    }

    private static func reason(_ error: HTTPClientError) -> String {
        switch error {
        case .deadlineExceeded: "the time for it was over"
        case .cancelled: "the worker gave it up"
        case .proxyAuthenticationRequired: "the proxy wants another login"
        case .invalidProxyResponse: "the proxy did not connect"
        case .httpProxyHandshakeTimeout: "the proxy did not connect in time"
        case .remoteConnectionClosed: "the connection was closed"
        default: error.shortDescription
        }
    }

    private static func reason(errno: CInt) -> String {
        switch errno {
        case ECONNREFUSED: "the connection was refused"
        case ECONNRESET: "the connection was reset"
        case EPIPE: "the connection was closed"
        case ETIMEDOUT: "the other side stopped to acknowledge"
        case EHOSTUNREACH, ENETUNREACH: "there is no way to the host"
        default: "error \(errno) of the connection"
        }
    }

    private static func reason(_ error: NIOConnectionError) -> String {
        let place = "\(error.host), port \(error.port)"
        if let attempt = error.connectionErrors.first {
            return "no connection to \(place): \(reason(attempt.error))"
        }
        return "the name \(error.host) cannot be resolved"
    }
}
