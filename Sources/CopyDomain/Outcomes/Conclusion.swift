/// How a run ended.
package enum Conclusion: Codable, Hashable, Sendable {
    case succeeded(CopySuccess)
    case failed(CopyFailure)
    /// Cancelled by request; what could not be undone is named.
    case cancelled(CopyCancellation)
    /// The request asked for a check only.
    case checked(CheckReport)
}

package struct CopySuccess: Codable, Hashable, Sendable {
    package let targetID: String
    package let targetName: String?
    /// When Azure will delete the copy: the date is the source's own (azure-copy-apis.md 2.4). `nil`: none is known.
    package let expires: Timestamp?
    /// The target's id was taken and the request said to leave it so: nothing was copied.
    package let alreadyThere: Bool
    /// What was looked at before success was claimed, e.g. `target model is ready`.
    package let verified: [String]
    /// What a person should know although all went well.
    package let warnings: [String]
    /// How many times the side effect was begun: 1 when all went well, 0 when nothing was copied.
    package let attempts: Int

    package init(
        targetID: String,
        targetName: String?,
        expires: Timestamp? = nil,
        alreadyThere: Bool = false,
        verified: [String],
        warnings: [String] = [],
        attempts: Int
    ) {
        self.targetID = targetID
        self.targetName = targetName
        self.expires = expires
        self.alreadyThere = alreadyThere
        self.verified = verified
        self.warnings = warnings
        self.attempts = attempts
    }
}

package struct CopyFailure: Codable, Hashable, Sendable {
    package let code: FailureCode
    /// What happened, in one sentence without secrets; the advice belongs to the code.
    package let message: String
    package let azure: AzureError?
    package let leftBehind: [LeftBehind]
    /// What bore the target's id before was deleted, as `replace` told, and is not there any more.
    package let targetDeleted: Bool
    package let warnings: [String]
    package let attempts: Int

    package init(
        code: FailureCode,
        message: String,
        azure: AzureError?,
        leftBehind: [LeftBehind],
        targetDeleted: Bool = false,
        warnings: [String] = [],
        attempts: Int
    ) {
        self.code = code
        self.message = message
        self.azure = azure
        self.leftBehind = leftBehind
        self.targetDeleted = targetDeleted
        self.warnings = warnings
        self.attempts = attempts
    }
}

package struct CopyCancellation: Codable, Hashable, Sendable {
    package let leftBehind: [LeftBehind]
    /// As in ``CopyFailure/targetDeleted``.
    package let targetDeleted: Bool

    package init(leftBehind: [LeftBehind], targetDeleted: Bool = false) {
        self.leftBehind = leftBehind
        self.targetDeleted = targetDeleted
    }
}

/// What a check found out. Nothing was changed.
package struct CheckReport: Codable, Hashable, Sendable {
    /// What would keep a copy from being begun; none: it would be begun.
    package let problems: [CopyProblem]
    /// What was looked at and is in order, e.g. `source model is ready`.
    package let verified: [String]
    package let warnings: [String]

    package init(problems: [CopyProblem], verified: [String], warnings: [String]) {
        self.problems = problems
        self.verified = verified
        self.warnings = warnings
    }
}

/// One reason why a copy cannot be begun.
package struct CopyProblem: Codable, Hashable, Sendable {
    package let code: FailureCode
    /// One sentence without secrets.
    package let message: String
    package let azure: AzureError?

    package init(code: FailureCode, message: String, azure: AzureError?) {
        self.code = code
        self.message = message
        self.azure = azure
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
