extension CustomVisionMachine {
    mutating func leaveEverything(at now: Timestamp) {
        switch state {
        case .requested, .inspecting, .reserving, .measuring, .exporting, .exported, .searching, .sweeping(.ending),
            .ended:
            break
        case .importing(let offer, _): oweProject(of: offer, at: now)
        case .copying(let copying): leave(copying.id, at: now)
        case .weighing(let remains): leave(remains.copying.id, at: now)
        case .verifying(let verification): leave(verification.copying.id, at: now)
        case .sweeping(.keeping(let imported)), .renamable(let imported), .renaming(let imported, _),
            .comparing(let imported):
            leave(imported.id, at: now)
        case .cleaning(let cleaning):
            leave(cleaning.removal.id, at: now)
            if case .sweep(.keeping(let imported)) = cleaning.next { leave(imported.id, at: now) }
        }
        leaveOpenNames()
    }
}
