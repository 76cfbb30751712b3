package import CopyDomain

/// What became of a call.
package enum CallResult: Sendable {
    case answered(CopyAnswer, serviceDate: Timestamp?, receipt: CallReceipt? = nil)
    case failed(CallFailure)
    case tooLate
}

/// What an answer is known by, for audits and for Azure's support.
package struct CallReceipt: Hashable, Sendable {
    package let status: Int
    /// The `apim-request-id` header; Custom Vision may send another.
    package let requestID: String?

    package init(status: Int, requestID: String?) {
        self.status = status
        self.requestID = requestID
    }
}
