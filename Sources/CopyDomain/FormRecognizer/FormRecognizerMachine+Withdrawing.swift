extension FormRecognizerMachine {
    /// See ``CopyMachine/withdrawIntent()``.
    mutating func withdrawIntent() {
        switch state {
        case .authorizing: state = .authorizable
        case .starting(let grant, _): state = .authorized(grant)
        case .cleaning(var cleaning):
            cleaning.removal.withdrawIntent()
            state = .cleaning(cleaning)
        case .requested, .inspecting, .authorizable, .tracing, .authorized, .copying, .watching, .verifying, .checking,
            .ended:
            break
        }
    }
}
