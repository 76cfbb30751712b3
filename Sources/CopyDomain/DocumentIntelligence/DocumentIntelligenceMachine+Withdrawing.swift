extension DocumentIntelligenceMachine {
    /// See ``CopyMachine/withdrawIntent()``.
    mutating func withdrawIntent() {
        switch state {
        case .authorizing: state = .authorizable
        case .starting(let start, _): state = .authorized(start)
        case .replacing(var removal):
            removal.withdrawIntent()
            state = .replacing(removal)
        case .cleaning(var cleaning):
            cleaning.removal.withdrawIntent()
            state = .cleaning(cleaning)
        case .requested, .reserving, .inspecting, .authorizable, .conflicting, .authorized, .locating, .copying,
            .watching, .verifying, .ended:
            break
        }
    }
}
