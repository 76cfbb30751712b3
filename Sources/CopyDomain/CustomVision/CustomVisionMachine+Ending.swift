/// Undoing, giving up and ending.
extension CustomVisionMachine {
    // MARK: Stopping

    mutating func stopped(for cause: Stop.Cause, at now: Timestamp) -> Action {
        let stop = record.stop(for: cause, at: now, grace: plan.limits.grace)
        let verdict = stop.verdict(in: phase, trouble: record.backoff.trouble)
        switch state {
        case .requested, .inspecting, .reserving, .measuring, .exporting, .exported, .importing:
            // An import was due, if any, and was not sent.
            return conclude(verdict, at: now)
        case .sweeping(.keeping(let imported)) where stop.cause == .cancel:
            return clean(imported.id, then: .end(verdict), at: now)
        case .weighing(let remains):
            // It counts for the message of a failure that is none any more.
            return weighed(nil, remains, at: now)
        case .verifying(let verification) where stop.cause == .cancel:
            return clean(verification.copying.id, then: .end(verdict), at: now)
        case .renamable(let imported) where stop.cause == .cancel,
            .renaming(let imported, _) where stop.cause == .cancel,
            .comparing(let imported) where stop.cause == .cancel:
            return clean(imported.id, then: .end(verdict), at: now)
        case .renaming(let imported, _):
            // It was due and was not sent.
            return rename(imported, at: now)
        case .searching, .copying, .verifying, .sweeping, .renamable, .comparing, .cleaning, .ended:
            return proceed(at: now)
        }
    }

    /// Puts the end in the place of an action that would come after the grace of a stop.
    mutating func withinGrace(_ action: Action, at now: Timestamp) -> Action {
        guard let stop = record.stop, record.graceIsOver(at: now) else { return action }
        let verdict = stop.verdict(in: phase, trouble: record.backoff.trouble)
        switch state {
        case .searching: break
        case .copying(let copying): leave(copying.id, at: now)
        case .verifying(let verification): leave(verification.copying.id, at: now)
        case .sweeping(.keeping(let imported)), .renamable(let imported), .renaming(let imported, _),
            .comparing(let imported):
            leave(imported.id, at: now)
        case .requested, .inspecting, .reserving, .measuring, .exporting, .exported, .importing, .weighing,
            .sweeping(.ending), .cleaning, .ended:
            return action
        }
        leaveOpenNames()
        return end(verdict)
    }

    // MARK: Cleaning

    mutating func clean(_ id: String, then next: AfterCleaning, at now: Timestamp) -> Action {
        let until = record.stop?.graceEnds ?? now + plan.limits.grace
        var cleaning = Cleaning(removal: Removal(of: id, until: until), next: next)
        return carryOn(cleaning.removal.proceed(at: now), cleaning, at: now)
    }

    mutating func looked(_ project: CustomVisionProject?, _ cleaning: Cleaning, at now: Timestamp) -> Action {
        var cleaning = cleaning
        let move = cleaning.removal.looked(isThere: project != nil, backoff: &record.backoff, at: now)
        return carryOn(move, cleaning, at: now)
    }

    mutating func deleted(_ cleaning: Cleaning, at now: Timestamp) -> Action {
        var cleaning = cleaning
        return carryOn(cleaning.removal.deleted(), cleaning, at: now)
    }

    mutating func cleaningFailed(_ failure: CallFailure, _ cleaning: Cleaning, at now: Timestamp) -> Action {
        var cleaning = cleaning
        let move = cleaning.removal.failed(failure, backoff: &record.backoff, at: now)
        return carryOn(move, cleaning, at: now)
    }

    mutating func carryOn(_ move: Removal.Move, _ cleaning: Cleaning, at now: Timestamp) -> Action {
        state = .cleaning(cleaning)
        switch move {
        case .delete: return .perform(.deleteTargetProject(id: cleaning.removal.id))
        case .look: return .ask(.getTargetProject(id: cleaning.removal.id))
        case .wait(let wait): return .wait(wait)
        case .gone: return cleaned(next: cleaning.next, at: now)
        case .stuck(let failure):
            leave(cleaning.removal.id, at: now)
            return notCleaned(next: cleaning.next, failure, at: now)
        }
    }

    private mutating func cleaned(next: AfterCleaning, at now: Timestamp) -> Action {
        record.backoff.reset()
        switch next {
        case .export(let source, let verdict):
            if record.stop != nil { return conclude(record.verdict(verdict, in: phase), at: now) }
            return exportAnew(source)
        case .sweep(.keeping(let imported)):
            if let stop = record.stop, stop.cause == .cancel {
                return clean(imported.id, then: .end(stop.verdict(in: phase, trouble: nil)), at: now)
            }
            return sweep(.keeping(imported))
        case .sweep(let sweep): return self.sweep(sweep)
        case .end(let verdict): return conclude(verdict, at: now)
        }
    }

    private mutating func notCleaned(next: AfterCleaning, _ failure: CallFailure?, at now: Timestamp) -> Action {
        record.backoff.reset()
        switch next {
        case .export(_, let verdict): return conclude(record.verdict(verdict, in: phase), at: now)
        case .sweep(.keeping(let imported)):
            // Two projects are there now: the one that can still be taken away is.
            let verdict =
                failure.map { Verdict($0) }
                ?? .failed(.importFailed, "Another project of this request is there and would not go.", azure: nil)
            return clean(imported.id, then: .end(record.verdict(verdict, in: phase)), at: now)
        case .sweep(let sweep): return self.sweep(sweep)
        case .end(let verdict): return conclude(verdict, at: now)
        }
    }

    mutating func leave(_ id: String, at now: Timestamp) {
        record.leave(.project(id: id), in: plan.target.name)
        record.owe(
            .project(id: id),
            to: plan.target.name,
            due: now + RunRecord.settling,
            reason: "A project of a run that was given up could not be taken away."
        )
    }

    func isLeft(_ id: String) -> Bool {
        record.leftBehind.contains { $0.item == .project(id: id) }
    }

    /// Names that may still appear; they are owed since their import was lost.
    mutating func leaveOpenNames() {
        for name in openNames { record.leave(.projectName(name), in: plan.target.name) }
    }

    // MARK: Ending

    /// Ends without success, once the projects of lost imports have been looked for.
    mutating func conclude(_ verdict: Verdict, at now: Timestamp) -> Action {
        guard !openNames.isEmpty else { return end(verdict) }
        return sweep(.ending(verdict, until: record.stop?.graceEnds ?? now + plan.limits.grace))
    }

    mutating func end(_ verdict: Verdict) -> Action {
        end(record.conclusion(verdict))
    }

    mutating func end(_ conclusion: Conclusion) -> Action {
        state = .ended(conclusion)
        return .finish(conclusion)
    }
}
