extension CustomVisionMachine {
    /// See ``CopyMachine/withdrawIntent()``.
    mutating func withdrawIntent() {
        switch state {
        case .importing(let offer, _): state = .exported(offer)
        case .renaming(let imported, _): state = .renamable(imported)
        case .cleaning(var cleaning):
            cleaning.removal.withdrawIntent()
            state = .cleaning(cleaning)
        case .requested, .inspecting, .reserving, .measuring, .exporting, .exported, .searching, .copying, .weighing,
            .verifying, .sweeping, .renamable, .comparing, .ended:
            break
        }
    }
}
