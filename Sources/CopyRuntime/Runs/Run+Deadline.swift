import AzureAI
import CopyDomain

/// The deadline is told to the machine once, in the place of whatever was due.
extension Run {
    var isDeadlineDue: Bool {
        !isDeadlineTold && engine.surroundings.now() >= plan.deadline
    }

    var untilDeadline: Duration {
        isDeadlineTold ? .seconds(365 * 24 * 3600) : max(.zero, plan.deadline.since(engine.surroundings.now()))
    }

    mutating func deadline() -> MachineEvent<CopyAnswer> {
        isDeadlineTold = true
        return .deadlineReached
    }
}
