package import CopyDomain

/// A machine as it is stored.
package struct Checkpoint: Codable, Equatable, Sendable {
    /// Raised when a change to the machines makes older readers misunderstand newer checkpoints.
    package static let currentFormat = 3
    /// What this version can go on with. Others are left to the workers that can: a checkpoint that cannot be read
    /// would look like a damaged journal.
    package static let readableFormats = 2...currentFormat

    package let machine: CopyMachine
    /// The last number given to an event of this request; the next event has one more.
    package let sequence: Int
    /// Headers of the request that its events carry on: `traceparent`, `correlation-id`, `reply-to`.
    package let context: [String: String]

    package init(machine: CopyMachine, sequence: Int, context: [String: String]) {
        self.machine = machine
        self.sequence = sequence
        self.context = context
    }

    /// - Throws: also for a machine of another family than its plan's.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        machine = try container.decode(CopyMachine.self, forKey: .machine)
        sequence = try container.decode(Int.self, forKey: .sequence)
        context = try container.decode([String: String].self, forKey: .context)
        guard machine.family == machine.plan.request.apiVersion.family else {
            throw DecodingError.dataCorruptedError(
                forKey: .machine,
                in: container,
                debugDescription: "the machine is of another family than its plan"
            )
        }
    }

    /// What the first claim of a request stores.
    package init(first plan: CopyPlan) {
        self.init(machine: CopyMachine(plan), sequence: 0, context: [:])
    }

    /// Whether the machine has not left its first state: it is saved before anything is sent, so nothing was.
    package func isUntouched(_ plan: CopyPlan) -> Bool {
        machine == CopyMachine(plan)
    }
}
