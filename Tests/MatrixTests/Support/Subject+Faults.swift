import AzureEmulation
import CopyDomain

extension Subject {
    /// The emulator's name of the call that makes a place for the copy.
    var authorizeCall: String {
        switch family {
        case .formRecognizer: "authorize"
        case .documentIntelligence: "authorizeCopy"
        case .customVision: "export"
        }
    }

    /// The emulator's name of the call that begins the copy.
    var copyCall: String {
        switch family {
        case .formRecognizer: "copy"
        case .documentIntelligence: "copyTo"
        case .customVision: "import"
        }
    }

    /// Where the copy is begun.
    var copyResource: String {
        switch family {
        case .formRecognizer, .documentIntelligence: "west"
        case .customVision: "east"
        }
    }

    /// Makes copies fail without a reason that would tell against another try.
    var failure: FaultRule { failure(count: nil) }

    func failure(count: Int?) -> FaultRule {
        let fault: FaultKind =
            switch family {
            case .formRecognizer: .copyFails
            case .documentIntelligence: .copyInternalError
            case .customVision: .importFails
            }
        return FaultRule(fault, resource: copyResource, call: copyCall, count: count)
    }
}
