/// That a run is to end before its copy is done, and how long it may take to end cleanly. The first cause stays.
struct Stop: Codable, Hashable, Sendable {
    enum Cause: Codable, Hashable, Sendable {
        case deadline, cancel
    }

    let cause: Cause
    /// Afterwards the outcome says what was left behind.
    let graceEnds: Timestamp

    /// - Parameters:
    ///   - phase: where the run stood.
    ///   - trouble: what it was waiting for to pass, if anything.
    func verdict(in phase: Phase, trouble: CallFailure?) -> Verdict {
        switch cause {
        case .cancel: return .cancelled
        case .deadline:
            let waiting = trouble.map { " Until then Azure would not go on: \($0.message)" } ?? ""
            return .failed(
                .deadlineExceeded,
                "The deadline passed while the request was \(phase.rawValue).\(waiting)",
                azure: trouble?.azure
            )
        }
    }
}
