/// The calls of the Form Recognizer v2 copy flow (azure-copy-apis.md 1).
package enum FormRecognizerCall: Hashable, Sendable {
    /// GET the model that is to be copied.
    case getSourceModel
    /// GET the target's model counts.
    case getTargetSummary
    /// POST copyAuthorization on the target: makes an empty model in status `creating`.
    case authorizeCopy
    /// POST copy on the source.
    case startCopy(FormRecognizerGrant)
    /// GET the Operation-Location, to the letter.
    case getCopyResult(operationLocation: String)
    /// GET a model of the target.
    case getTargetModel(id: String)
    /// GET the target's whole model list, page by page.
    case listTargetModels
    /// DELETE a model of the target.
    case deleteTargetModel(id: String)

    package var side: CallSide {
        switch self {
        case .getSourceModel, .startCopy, .getCopyResult: .source
        case .getTargetSummary, .authorizeCopy, .getTargetModel, .listTargetModels, .deleteTargetModel: .target
        }
    }

    package var hasSideEffect: Bool {
        switch self {
        case .authorizeCopy, .startCopy, .deleteTargetModel: true
        case .getSourceModel, .getTargetSummary, .getCopyResult, .getTargetModel, .listTargetModels: false
        }
    }
}

package enum FormRecognizerAnswer: Hashable, Sendable {
    /// `nil`: 404, there is no such model.
    case sourceModel(FormRecognizerModel?)
    case targetSummary(ResourceRoom)
    case authorized(FormRecognizerGrant)
    case copyStarted(operationLocation: String)
    case copyResult(FormRecognizerCopyResult)
    /// `nil`: 404, there is no such model.
    case targetModel(FormRecognizerModel?)
    case targetModels([FormRecognizerModel])
    /// 204, or 404: the model is gone.
    case targetModelDeleted
}

/// What copyAuthorization answered; the last three members go into the copy call as they came.
package struct FormRecognizerGrant: Codable, Hashable, Sendable {
    package let modelID: String
    package let accessToken: Secret
    /// Verbatim. .NET ticks above 10^15, else Unix seconds (azure-copy-apis.md 1.1).
    package let expirationDateTimeTicks: Int64

    package init(modelID: String, accessToken: Secret, expirationDateTimeTicks: Int64) {
        self.modelID = modelID
        self.accessToken = accessToken
        self.expirationDateTimeTicks = expirationDateTimeTicks
    }

    /// When the authorization runs out; a negative number has run out long ago.
    package var expiration: Timestamp {
        if expirationDateTimeTicks > 1_000_000_000_000_000 {
            Timestamp(milliseconds: expirationDateTimeTicks / 10_000 - 62_135_596_800_000)
        } else {
            Timestamp(milliseconds: max(0, expirationDateTimeTicks) * 1000)
        }
    }
}

package struct FormRecognizerCopyResult: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
        case notStarted, running, succeeded, failed
        /// A status this version does not know: still running, until the deadline.
        case unknown(String)

        package init(_ text: String) {
            switch text.lowercased() {
            case "notstarted": self = .notStarted
            case "running": self = .running
            case "succeeded": self = .succeeded
            case "failed": self = .failed
            default: self = .unknown(text)
            }
        }

        package var text: String {
            switch self {
            case .notStarted: "notStarted"
            case .running: "running"
            case .succeeded: "succeeded"
            case .failed: "failed"
            case .unknown(let text): text
            }
        }
    }

    package let status: Status
    /// Only when failed. `.notDone`: a new authorization and copy may well succeed.
    package let failure: CallFailure?

    package init(status: Status, failure: CallFailure?) {
        self.status = status
        self.failure = failure
    }
}

package struct FormRecognizerModel: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
        case creating, ready, invalid
        case unknown(String)

        package init(_ text: String) {
            switch text.lowercased() {
            case "creating": self = .creating
            case "ready": self = .ready
            case "invalid": self = .invalid
            default: self = .unknown(text)
            }
        }
    }

    package let id: String
    package let status: Status
    package let name: String?
    package let created: Timestamp?
    /// Only when invalid and asked for singly.
    package let error: AzureError?

    package init(id: String, status: Status, name: String?, created: Timestamp?, error: AzureError? = nil) {
        self.id = id
        self.status = status
        self.name = name
        self.created = created
        self.error = error
    }
}
