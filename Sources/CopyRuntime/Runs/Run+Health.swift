import AzureAI
import CopyDomain
import CopyJournal
import Logging

/// What a run tells of the health of its resources, and how it heeds it.
extension Run {
    /// A resource of this run that is paused; `nil`: the run may go on.
    var obstacle: ResourceName? {
        isEnding ? nil : engine.health.obstacle(for: lease.id, among: plan.resources)
    }

    /// Whether the run is only wound up: that goes on whatever its resources do, for it is bounded.
    var isEnding: Bool {
        isDeadlineTold || isDeadlineDue || machine.graceEnds != nil
    }

    func note(_ result: CallResult, from resource: ResourceName) {
        guard let sign = VitalSign(result) else { return }
        switch engine.health.note(sign, saying: result.failure?.message, of: resource, by: lease.id) {
        case .paused?:
            logger.warning(
                "a resource keeps failing: it is paused and asked by one request at a time",
                metadata: [LogKey.resource: "\(resource.rawValue)"]
            )
        case .pausedForOne?:
            logger.warning(
                "a resource keeps failing, for this request: it waits, others go on",
                metadata: [LogKey.resource: "\(resource.rawValue)"]
            )
        case .opened?:
            logger.notice("a resource answers again", metadata: [LogKey.resource: "\(resource.rawValue)"])
        case nil: break
        }
    }
}

extension CallResult {
    fileprivate var failure: CallFailure? {
        guard case .failed(let failure) = self else { return nil }
        return failure
    }
}

extension CopyPlan {
    var resources: Set<ResourceName> { [source.name, target.name] }
}
