import AzureAI
import CopyDomain

/// Sends as the worker would, with stops around the calls that make or remove something.
struct MortalHTTP: HTTPSending {
    private let http: any HTTPSending
    private let fate: Fate

    init(_ http: any HTTPSending, fate: Fate) {
        self.http = http
        self.fate = fate
    }

    func send(_ request: HTTPRequest) async throws(HTTPSendingError) -> HTTPResponse {
        let id = request.headers.first { $0.name == "x-ms-client-request-id" }?.value.reveal()
        guard let id, request.method != .get || request.label.contains("export") else {
            return try await http.send(request)
        }
        let number = await fate.begin(.send, of: id)
        let result: Result<HTTPResponse, HTTPSendingError>
        do {
            result = .success(try await http.send(request))
        } catch {
            result = .failure(error)
        }
        if await fate.end(.send, number, of: id) {
            throw HTTPSendingError(.noAnswer, "the answer was lost on its way")
        }
        return try result.get()
    }
}
