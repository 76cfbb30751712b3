/// How a run ended.
package enum Conclusion: Codable, Hashable, Sendable {
    case succeeded(CopySuccess)
    case failed(CopyFailure)
    /// Cancelled by request; what could not be undone is named.
    case cancelled(leftBehind: [LeftBehind])
}

package struct CopySuccess: Codable, Hashable, Sendable {
    package let targetID: String
    package let targetName: String?
    /// What was looked at before success was claimed, e.g. `target model is ready`.
    package let verified: [String]
    /// How many times the side effect was begun, 1 when all went well.
    package let attempts: Int

    package init(targetID: String, targetName: String?, verified: [String], attempts: Int) {
        self.targetID = targetID
        self.targetName = targetName
        self.verified = verified
        self.attempts = attempts
    }
}

package struct CopyFailure: Codable, Hashable, Sendable {
    package let code: FailureCode
    /// What happened, in one sentence without secrets; the advice belongs to the code.
    package let message: String
    package let azure: AzureError?
    package let leftBehind: [LeftBehind]
    package let attempts: Int

    package init(
        code: FailureCode,
        message: String,
        azure: AzureError?,
        leftBehind: [LeftBehind],
        attempts: Int
    ) {
        self.code = code
        self.message = message
        self.azure = azure
        self.leftBehind = leftBehind
        self.attempts = attempts
    }
}

/// Something this run made, or may have made, that is still in Azure.
package struct LeftBehind: Codable, Hashable, Sendable {
    package let resource: ResourceName
    package let item: ObligationSubject

    package init(resource: ResourceName, item: ObligationSubject) {
        self.resource = resource
        self.item = item
    }
}
