/// What an event reports.
package enum EventName: String, Codable, CaseIterable, Sendable {
    case accepted, started, progress, succeeded, failed, cancelled, checked, rejected

    /// Ends a run: exactly one per run.
    package var isOutcome: Bool {
        switch self {
        case .succeeded, .failed, .cancelled, .checked: true
        case .accepted, .started, .progress, .rejected: false
        }
    }

    /// Goes to the exchange for results; the others to the one for progress.
    package var isResult: Bool { isOutcome || self == .rejected }

    /// The CloudEvents `type`; its last part is the version of the contract.
    package var type: String { "io.azure-copy-worker.copy.\(rawValue).v1" }
}
