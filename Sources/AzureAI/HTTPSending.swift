package import CopyDomain

/// The port to HTTP: one request, one answer.
package protocol HTTPSending: Sendable {
    /// Sends once: no retry, no redirect. Bounded by the request's time-out.
    func send(_ request: HTTPRequest) async throws(HTTPSendingError) -> HTTPResponse
}

package struct HTTPRequest: Hashable, Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    package var method: Method
    /// The whole URL. It may hold a token (Custom Vision import): never to be logged, see ``label``.
    package var url: Secret
    /// Method and path template for logs, e.g. `POST /custom/models/{id}/copy`.
    package var label: String
    package var headers: [Header]
    /// `nil`: no body and no Content-Length. Empty: `Content-Length: 0`.
    package var body: Secret?
    /// From the moment of sending to the last byte of the answer.
    package var timeout: Duration
    /// Not to be handed to the socket when more than this has passed since the intent was saved.
    package var sendBefore: SendBefore?

    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: Secret

        package init(_ name: String, _ value: Secret) {
            self.name = name
            self.value = value
        }
    }

    package init(
        method: Method, url: Secret, label: String, headers: [Header], body: Secret?, timeout: Duration,
        sendBefore: SendBefore? = nil
    ) {
        self.method = method
        self.url = url
        self.label = label
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.sendBefore = sendBefore
    }
}

/// A moment on a monotonic clock that goes on while the process or the machine is suspended.
package struct SendBefore: Hashable, Sendable {
    /// Nanoseconds of that clock (`CLOCK_BOOTTIME`).
    package let nanoseconds: UInt64

    package init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }
}

package struct HTTPResponse: Hashable, Sendable {
    package let status: Int
    /// Names in lower case, in the order of arrival.
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    package init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
        self.status = status
        self.headers = headers.map { ($0.name.lowercased(), $0.value) }
        self.body = body
    }

    package func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }

    package static func == (left: HTTPResponse, right: HTTPResponse) -> Bool {
        left.status == right.status && left.body == right.body
            && left.headers.elementsEqual(right.headers) { $0.name == $1.name && $0.value == $1.value }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(status)
        hasher.combine(body)
    }
}

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
