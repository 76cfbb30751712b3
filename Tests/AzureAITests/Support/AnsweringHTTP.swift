import AzureAI
import CopyDomain
import Synchronization

/// Answers each request by a rule, and keeps what it was sent.
final class AnsweringHTTP: HTTPSending {
    typealias Rule = @Sendable (HTTPRequest) async throws -> HTTPResponse

    private let rule: Rule
    private let kept = Mutex<[HTTPRequest]>([])

    init(_ rule: @escaping Rule) {
        self.rule = rule
    }

    var requests: [HTTPRequest] { kept.withLock { $0 } }

    func requests(to host: String) -> [HTTPRequest] {
        requests.filter { $0.url.reveal().contains("//\(host)") }
    }

    func send(_ request: HTTPRequest) async throws(HTTPSendingError) -> HTTPResponse {
        kept.withLock { $0.append(request) }
        do {
            return try await rule(request)
        } catch let error as HTTPSendingError {
            throw error
        } catch {
            throw HTTPSendingError(.noAnswer, "given up")
        }
    }
}
