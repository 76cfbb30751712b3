extension FormRecognizerMachine {
    /// See ``CopyMachine/withdrawIntent()``.
    mutating func withdrawIntent() {
        switch state {
        case .authorizing: state = .requested
        case .starting(let grant, _): state = .authorized(grant)
        case .cleaning(var cleaning):
            cleaning.removal.withdrawIntent()
            state = .cleaning(cleaning)
        case .requested, .tracing, .authorized, .copying, .watching, .verifying, .checking, .ended: break
        }
    }
}
