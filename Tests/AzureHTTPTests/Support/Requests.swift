import AzureAI
import AzureHTTP
import CopyDomain

enum Requests {
    static func get(
        _ url: String,
        timeout: Duration = .seconds(20),
        sendBefore: SendBefore? = nil,
        headers: [HTTPRequest.Header] = []
    ) -> HTTPRequest {
        HTTPRequest(
            method: .get,
            url: Secret(url),
            label: "GET /",
            headers: headers,
            body: nil,
            timeout: timeout,
            sendBefore: sendBefore
        )
    }

    static func post(
        _ url: String,
        body: String = "",
        timeout: Duration = .seconds(20),
        sendBefore: SendBefore? = nil
    ) -> HTTPRequest {
        HTTPRequest(
            method: .post,
            url: Secret(url),
            label: "POST /",
            headers: [HTTPRequest.Header("Training-Key", Secret("canary"))],
            body: Secret(body),
            timeout: timeout,
            sendBefore: sendBefore
        )
    }
}

extension AsyncHTTPSender {
    /// Runs a sender for the time of `body`.
    static func with(
        _ settings: Settings = Settings(),
        _ body: (AsyncHTTPSender) async throws -> Void
    ) async throws {
        let sender = try AsyncHTTPSender(settings)
        do {
            try await body(sender)
        } catch {
            try await sender.shutdown()
            throw error
        }
        try await sender.shutdown()
    }

    /// The error of a request that should have one.
    func failure(of request: HTTPRequest) async -> HTTPSendingError? {
        do {
            _ = try await send(request)
            return nil
        } catch {
            return error
        }
    }
}
