import CopyDomain

/// Reads answers to one call, and makes failures of what is no answer.
struct AnswerReader: Sendable {
    let kind: CallKind
    /// What the call is called in messages.
    let label: String
    let resource: ResourceName
    let redaction: Redaction
    /// What a Retry-After date counts from when the answer has no Date.
    let now: Timestamp

    /// The body of a success.
    /// - Throws: the table's verdict on another status; ``unexpected(_:)`` for a body of another shape.
    func body<Body: Decodable>(_ type: Body.Type, of response: HTTPResponse, status: Int) throws(CallFailure) -> Body {
        try body(type, of: response, status: status...status)
    }

    /// The same where versions answer with either of several statuses, or may come to.
    func body<Body: Decodable>(
        _ type: Body.Type,
        of response: HTTPResponse,
        status: ClosedRange<Int>
    ) throws(CallFailure) -> Body {
        guard status.contains(response.status) else { throw failure(response) }
        guard let body = JSONBody.decode(type, from: response.body) else { throw unexpected(response) }
        return body
    }

    /// What the table says of an answer.
    func failure(_ response: HTTPResponse) -> CallFailure {
        let error = AzureErrorBody(response.body)
        let row = FailureTable.row(for: kind, .answer(response.status), error: error)
        let azure = azure(error, response)
        return CallFailure(fate: fate(row.fate, response), code: row.code, message: message(azure), azure: azure)
    }

    /// What the table says of a copy that failed, which comes with HTTP 200.
    func failedCopy(_ response: HTTPResponse, saying error: AzureErrorBody? = nil) -> CallFailure {
        let error = error ?? AzureErrorBody(response.body)
        let row = FailureTable.row(for: kind, .failedCopy, error: error)
        let azure = azure(error, response)
        let code = azure.code.map { ", code \($0)" } ?? ""
        let innerCode = azure.innerCode.map { " (\($0))" } ?? ""
        let text = azure.message.map { ": \($0)" } ?? " and gives no reason"
        let message = "Azure could not complete the copy\(code)\(innerCode)\(text)"
        return CallFailure(fate: fate(row.fate, response), code: row.code, message: message, azure: azure)
    }

    /// A success whose body is not what the call answers with: nobody knows what was done.
    func unexpected(_ response: HTTPResponse) -> CallFailure {
        let azure = AzureError(
            status: response.status,
            requestID: self.requestID(response)
        )
        return CallFailure(
            fate: kind.hasSideEffect ? .unknown : .notDone(retryAfter: nil),
            code: .unexpectedAnswer,
            message: "\(message(azure)) with a body that this worker does not understand",
            azure: azure
        )
    }

    /// What no answer at all says.
    func failure(_ error: HTTPSendingError) -> CallFailure {
        let isOpen =
            switch error.code {
            case .notSent, .tooLate: false
            case .noAnswer: kind.hasSideEffect
            }
        return CallFailure(
            fate: isOpen ? .unknown : .notDone(retryAfter: nil),
            code: .azureUnavailable,
            message: "\(label) on \(resource.rawValue): \(sentence(error.message))"
        )
    }

    /// Whether a 404 says nothing about the item: the gateway does not know the path or the subscription.
    func isGatewayError(_ response: HTTPResponse) -> Bool {
        AzureErrorBody(response.body).code.map(FailureTable.codesOfOtherThings.contains) ?? false
    }

    /// The header as it came: whether the key may follow it is decided by each poll, from the endpoint.
    func operationLocation(_ response: HTTPResponse) throws(CallFailure) -> String {
        guard response.status == 202, let location = response.header("operation-location"),
            (1...8192).contains(location.utf8.count)
        else { throw failure(response) }
        return location
    }

    /// Free text from Azure, without secrets.
    func sentence(_ text: String) -> String { redaction.clean(text, limit: 500) }

    /// A code, status or id from Azure, without secrets.
    func short(_ text: String) -> String { redaction.clean(text, limit: 100) }

    /// By which Azure's support finds the call.
    func requestID(_ response: HTTPResponse) -> String? {
        (response.header("apim-request-id") ?? response.header("x-ms-request-id") ?? response.header("request-id"))
            .map(short)
    }

    func receipt(_ response: HTTPResponse) -> CallReceipt {
        CallReceipt(status: response.status, requestID: requestID(response))
    }

    private func azure(_ error: AzureErrorBody, _ response: HTTPResponse) -> AzureError {
        AzureError(
            status: response.status,
            code: error.code.map(short),
            innerCode: error.innerCode.map(short),
            message: error.text.map(sentence),
            requestID: self.requestID(response)
        )
    }

    private func fate(_ fate: FailureRule.Fate, _ response: HTTPResponse) -> CallFate {
        switch fate {
        case .refused: .refused
        case .openIfEffect where kind.hasSideEffect: .unknown
        case .notDone, .openIfEffect: .notDone(retryAfter: RetryAfter.pause(asked: response, now: now))
        }
    }

    private func message(_ azure: AzureError) -> String {
        let status = azure.status.map { " was answered with HTTP \($0)" } ?? ""
        let code = azure.code.map { ", code \($0)" } ?? ""
        let innerCode = azure.innerCode.map { " (\($0))" } ?? ""
        let text = azure.message.map { ": \($0)" } ?? ""
        return "\(label) on \(resource.rawValue)\(status)\(code)\(innerCode)\(text)"
    }
}
