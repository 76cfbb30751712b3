import AzureAI
import Synchronization

/// Answers requests from a script and keeps what it was sent.
final class ScriptedHTTP: HTTPSending {
    typealias Answer = Result<HTTPResponse, HTTPSendingError>

    private struct State {
        var answers: [Answer]
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>

    init(_ answers: [Answer]) {
        state = Mutex(State(answers: answers))
    }

    convenience init(_ responses: HTTPResponse...) {
        self.init(responses.map(Answer.success))
    }

    var requests: [HTTPRequest] { state.withLock(\.requests) }

    func send(_ request: HTTPRequest) async throws(HTTPSendingError) -> HTTPResponse {
        let answer = state.withLock { state -> Answer in
            state.requests.append(request)
            return state.answers.isEmpty
                ? .failure(HTTPSendingError(.notSent, "the script is over")) : state.answers.removeFirst()
        }
        return try answer.get()
    }
}
