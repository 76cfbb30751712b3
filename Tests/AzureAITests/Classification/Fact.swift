import CopyDomain
import Testing

@testable import AzureAI

/// What azure-copy-apis.md tells about one failure, and what this project is to make of it.
struct Fact: CustomTestStringConvertible, Sendable {
    enum Body: Sendable {
        /// `{"error":{"code","message"}}`
        case wrapped(String, String)
        /// `{"error":{"code","message","innererror":{"code","message"}}}`
        case nested(String, String, inner: String, String)
        /// `{"code","message"}`
        case flat(String)
        case raw(String)
    }

    let section: String
    let kind: CallKind
    /// With 200 the copy or model failed.
    let status: Int
    let body: Body
    let code: FailureCode
    let fate: CallFate

    init(_ section: String, _ kind: CallKind, _ status: Int, _ body: Body, _ code: FailureCode, _ fate: CallFate) {
        self.section = section
        self.kind = kind
        self.status = status
        self.body = body
        self.code = code
        self.fate = fate
    }

    var testDescription: String { "\(section): \(kind) \(status) \(text)" }

    var event: FailureEvent {
        switch (status, kind) {
        case (200, .copyResult), (200, .operation), (200, .targetModel): .failedCopy
        default: .answer(status)
        }
    }

    func failure() throws -> CallFailure {
        let reader = try Plans.reader(kind)
        switch event {
        case .answer: return reader.failure(response)
        case .failedCopy: return reader.failedCopy(response, saying: try error())
        }
    }

    func error() throws -> AzureErrorBody { AzureErrorBody(Array(text.utf8)) }

    private var response: HTTPResponse {
        HTTPResponse(status: status, headers: [], body: Array(text.utf8))
    }

    private var text: String {
        switch body {
        case .wrapped(let code, let message): #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#
        case .nested(let code, let message, let inner, let text):
            #"{"error":{"code":"\#(code)","message":"\#(message)","innererror":{"code":"\#(inner)","#
                + #""message":"\#(text)"}}}"#
        case .flat(let code): #"{"code":"\#(code)","message":"m"}"#
        case .raw(let text): text
        }
    }
}

extension Fact {
    static let all = formRecognizer + documentIntelligence + disasterRecovery + gateway + customVision + edge

    static let later = CallFate.notDone(retryAfter: nil)
}
