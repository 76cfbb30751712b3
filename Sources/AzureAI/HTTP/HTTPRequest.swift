package import CopyDomain

/// One request as a value, made by a pure function from a call.
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
    /// Never through a proxy: what is asked lives on the machine itself.
    package var isDirect: Bool

    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: Secret

        package init(_ name: String, _ value: Secret) {
            self.name = name
            self.value = value
        }
    }

    package init(
        method: Method,
        url: Secret,
        label: String,
        headers: [Header],
        body: Secret?,
        timeout: Duration,
        sendBefore: SendBefore? = nil,
        isDirect: Bool = false
    ) {
        self.method = method
        self.url = url
        self.label = label
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.sendBefore = sendBefore
        self.isDirect = isDirect
    }
}
