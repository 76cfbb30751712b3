/// The calls of the copy flow of Form Recognizer v3 and Document Intelligence v4, for models and classifiers
/// (azure-copy-apis.md 2). The plan says which kind and which ids they are about.
package enum DocumentIntelligenceCall: Hashable, Sendable {
    /// GET the source.
    case getSource
    /// GET info of the target: how many models it has and may have.
    case getTargetInfo
    /// GET what bears the target's id.
    case getTarget
    /// POST authorizeCopy on the target: reserves the id for an hour.
    case authorizeCopy
    /// POST copyTo on the source.
    case startCopy(DocumentIntelligenceGrant)
    /// GET an operation of the source by its URL, to the letter.
    case getOperation(location: String)
    /// GET the source's operations, newest first, back to a moment of the service's clock.
    case listOperations(since: Timestamp)
    /// DELETE what bears the target's id.
    case deleteTarget

    package var side: CallSide {
        switch self {
        case .getSource, .startCopy, .getOperation, .listOperations: .source
        case .getTargetInfo, .getTarget, .authorizeCopy, .deleteTarget: .target
        }
    }

    package var hasSideEffect: Bool {
        switch self {
        case .authorizeCopy, .startCopy, .deleteTarget: true
        case .getSource, .getTargetInfo, .getTarget, .getOperation, .listOperations: false
        }
    }
}

package enum DocumentIntelligenceAnswer: Hashable, Sendable {
    case source(DocumentIntelligenceItem?)
    case targetInfo(ResourceRoom)
    /// `nil`: 404; nothing is there, or it is not ready: the service does not tell them apart.
    case target(DocumentIntelligenceItem?)
    case authorized(DocumentIntelligenceGrant)
    case copyStarted(operationLocation: String)
    case operation(DocumentIntelligenceOperation)
    /// The copy operations of the request's kind, newest first.
    case operations([DocumentIntelligenceOperation])
    /// 204, or 404: it is gone.
    case targetDeleted
}

/// A model or classifier that is ready; others are not shown.
package struct DocumentIntelligenceItem: Hashable, Sendable {
    package let id: String
    /// How many document types it knows.
    package let documentTypes: Int
    /// When Azure will delete it; `nil` where the version does not tell.
    package let expires: Timestamp?

    package init(id: String, documentTypes: Int, expires: Timestamp?) {
        self.id = id
        self.documentTypes = documentTypes
        self.expires = expires
    }
}

/// What authorizeCopy answered.
package struct DocumentIntelligenceGrant: Codable, Hashable, Sendable {
    /// The answer's body as it came, all members: it is the body of copyTo.
    package let body: Secret
    package let accessToken: Secret
    /// The URL of the target, by which the copy's operation is known.
    package let targetLocation: String
    /// One hour after the authorization (azure-copy-apis.md 2.1).
    package let expires: Timestamp

    package init(body: Secret, accessToken: Secret, targetLocation: String, expires: Timestamp) {
        self.body = body
        self.accessToken = accessToken
        self.targetLocation = targetLocation
        self.expires = expires
    }
}

package struct DocumentIntelligenceOperation: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
        case notStarted, running, succeeded, failed, canceled, skipped
        /// A status this version does not know: still running, until the deadline.
        case unknown(String)

        package init(_ text: String) {
            switch text.lowercased() {
            case "notstarted": self = .notStarted
            case "running": self = .running
            // Early previews of v4 say it so (azure-copy-apis.md 2.3).
            case "succeeded", "completed": self = .succeeded
            case "failed": self = .failed
            case "canceled", "cancelled": self = .canceled
            case "skipped": self = .skipped
            default: self = .unknown(text)
            }
        }

        package var text: String {
            switch self {
            case .notStarted: "notStarted"
            case .running: "running"
            case .succeeded: "succeeded"
            case .failed: "failed"
            case .canceled: "canceled"
            case .skipped: "skipped"
            case .unknown(let text): text
            }
        }
    }

    /// Where its progress is asked for: a URL of the source.
    package let location: String
    package let status: Status
    /// The URL of what it makes; `nil` when it was not told.
    package let targetLocation: String?
    /// By the service's clock.
    package let created: Timestamp?
    /// Only when failed. `.notDone`: a new authorization and copy may well succeed.
    package let failure: CallFailure?

    package init(
        location: String,
        status: Status,
        targetLocation: String?,
        created: Timestamp?,
        failure: CallFailure?
    ) {
        self.location = location
        self.status = status
        self.targetLocation = targetLocation
        self.created = created
        self.failure = failure
    }
}
