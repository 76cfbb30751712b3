/// The port to HTTP: one request, one answer.
package protocol HTTPSending: Sendable {
    /// Sends once: no retry, no redirect. Bounded by the request's time-out.
    func send(_ request: HTTPRequest) async throws(HTTPSendingError) -> HTTPResponse
}
