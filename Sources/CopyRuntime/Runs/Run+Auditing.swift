import AzureAI
import CopyDomain
import Logging

/// One line per side effect that was sent to Azure, for whoever has to find out what was done for which request.
extension Run {
    /// - Parameter result: `nil`: nobody waited for the answer.
    func audit(_ call: CopyCall, _ result: CallResult?) {
        guard call.hasSideEffect, let trace = Trace(result) else { return }
        var metadata: Logger.Metadata = [
            LogKey.call: "\(call.label(of: plan.request.kind))",
            LogKey.resource: "\(plan.resource(of: call).rawValue)",
            LogKey.targetResource: "\(plan.target.name.rawValue)",
        ]
        let target = call.target(in: plan, answer: trace.answer)
        metadata[LogKey.target] = target.id.map { "\($0)" }
        metadata[LogKey.targetName] = target.name.map { "\($0)" }
        metadata[LogKey.status] = trace.status.map { "\($0)" }
        metadata[LogKey.code] = trace.code.map { "\($0.rawValue)" }
        metadata[LogKey.azureRequest] = trace.requestID.map { "\($0)" }
        logger.notice("audit: \(trace.sentence)", metadata: metadata)
    }

    private struct Trace {
        let sentence: String
        var answer: CopyAnswer?
        var status: Int?
        var code: FailureCode?
        var requestID: String?

        /// `nil`: the call was not sent.
        init?(_ result: CallResult?) {
            switch result {
            case .answered(let answer, _, let receipt)?:
                sentence = "Azure did what a request asked for"
                self.answer = answer
                status = receipt?.status
                requestID = receipt?.requestID
            case .failed(let failure)?:
                guard failure.azure != nil || failure.fate == .unknown else { return nil }
                sentence =
                    failure.fate == .unknown
                    ? "Azure may have done what a request asked for" : "Azure refused a request"
                status = failure.azure?.status
                code = failure.code
                requestID = failure.azure?.requestID
            case .tooLate?: return nil
            case nil: sentence = "Azure may have done what a request asked for; its answer was not waited for"
            }
        }
    }
}

extension CopyCall {
    /// What a call with a side effect makes, fills, renames or deletes, as far as it is known.
    fileprivate func target(in plan: CopyPlan, answer: CopyAnswer?) -> (id: String?, name: String?) {
        switch (self, answer) {
        case (.formRecognizer(.startCopy(let grant)), _): (grant.modelID, nil)
        case (.formRecognizer(.deleteTargetModel(let id)), _): (id, nil)
        case (.formRecognizer, .formRecognizer(.authorized(let grant))?): (grant.modelID, nil)
        case (.formRecognizer, _): (nil, nil)
        case (.documentIntelligence, _): (plan.request.target.id?.rawValue, nil)
        case (.customVision(.importProject(_, let name)), .customVision(.imported(let project))?): (project.id, name)
        case (.customVision(.importProject(_, let name)), _): (nil, name)
        case (.customVision(.renameTargetProject(let id, let name, _)), _): (id, name)
        case (.customVision(.deleteTargetProject(let id)), _): (id, nil)
        case (.customVision, _): (nil, nil)
        }
    }
}
