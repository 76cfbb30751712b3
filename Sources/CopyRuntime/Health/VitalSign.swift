import AzureAI
import CopyDomain

/// What the end of a call says about the health of the resource that was called.
enum VitalSign: Equatable, Sendable {
    case answered
    /// No answer, or one that only something broken gives.
    case failed

    /// `nil`: nothing; what Azure wants less of is paced elsewhere.
    init?(_ result: CallResult) {
        switch result {
        case .answered: self = .answered
        case .tooLate: return nil
        case .failed(let failure):
            switch failure.azure?.status {
            case let status? where status == 408 || status >= 500: self = .failed
            case 429?: return nil
            case _?: self = .answered
            // It did not come to an answer, or not to a call.
            case nil where failure.code == .azureUnavailable: self = .failed
            case nil: return nil
            }
        }
    }
}
