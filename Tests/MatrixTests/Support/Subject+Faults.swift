import AzureEmulation
import CopyDomain

extension Subject {
    /// Makes copies fail without a reason that would tell against another try.
    var failure: FaultRule { failure(count: nil) }

    func failure(count: Int?) -> FaultRule {
        switch family {
        case .formRecognizer: FaultRule(.copyFails, call: "copy", count: count)
        case .documentIntelligence: FaultRule(.copyInternalError, call: "copyTo", count: count)
        case .customVision: FaultRule(.importFails, call: "import", count: count)
        }
    }
}
