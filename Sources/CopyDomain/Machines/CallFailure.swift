/// Why a call did not give an answer that the machine can go on with.
package struct CallFailure: Codable, Hashable, Error, Sendable {
    package let fate: CallFate
    package let code: FailureCode
    /// One sentence without secrets.
    package let message: String
    package let azure: AzureError?

    package init(fate: CallFate, code: FailureCode, message: String, azure: AzureError? = nil) {
        self.fate = fate
        self.code = code
        self.message = message
        self.azure = azure
    }
}

/// What a failure says about the call.
package enum CallFate: Codable, Hashable, Sendable {
    /// Azure refused, and would refuse again; nothing was done.
    case refused
    /// Not done, and worth another try after a pause, at least `after` if Azure said how long.
    case notDone(retryAfter: Duration?)
    /// It may or may not have been done. Only calls with a side effect fail like this.
    case unknown
}

/// What Azure itself said.
package struct AzureError: Codable, Hashable, Sendable {
    package var status: Int?
    package var code: String?
    package var innerCode: String?
    package var message: String?
    /// The `apim-request-id` header, which Azure's support asks for.
    package var requestID: String?

    package init(
        status: Int? = nil,
        code: String? = nil,
        innerCode: String? = nil,
        message: String? = nil,
        requestID: String? = nil
    ) {
        self.status = status
        self.code = code
        self.innerCode = innerCode
        self.message = message
        self.requestID = requestID
    }
}
