import AzureAI
import CopyDomain

/// The deadline is told to the machine once, in the place of whatever was due.
extension Run {
    /// How long a run whose grace is over waits for a call that it cannot do without.
    private static let lastPatience: Duration = .seconds(5)

    var isDeadlineDue: Bool {
        !isDeadlineTold && engine.surroundings.now() >= plan.deadline
    }

    /// How long the run may wait for anything: until the deadline, or until the grace of what stops it is over.
    var patience: Duration {
        let now = engine.surroundings.now()
        let ends = machine.graceEnds.map { max(Self.lastPatience, $0.since(now)) }
        guard isDeadlineTold else { return min(max(.zero, plan.deadline.since(now)), ends ?? .seconds(Int64.max)) }
        return ends ?? Self.lastPatience
    }

    mutating func deadline() -> MachineEvent<CopyAnswer> {
        isDeadlineTold = true
        return .deadlineReached
    }

    /// The run's patience ended before its call got a permit.
    mutating func late() -> MachineEvent<CopyAnswer> {
        if !isDeadlineTold, machine.graceEnds == nil || isDeadlineDue { return deadline() }
        return .failed(
            CallFailure(
                fate: .notDone(retryAfter: nil),
                code: .throttled,
                message: "a call did not get its turn before the grace of its request was over"
            )
        )
    }
}
