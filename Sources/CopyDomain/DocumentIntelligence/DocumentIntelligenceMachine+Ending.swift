/// Undoing, giving up and ending.
extension DocumentIntelligenceMachine {
    // MARK: Stopping

    mutating func stopped(for cause: Stop.Cause, at now: Timestamp) -> Action {
        let stop = record.stop(for: cause, at: now, grace: plan.limits.grace)
        let verdict = stop.verdict(in: phase, trouble: record.backoff.trouble)
        switch state {
        case .requested, .reserving, .inspecting, .authorizable, .authorizing, .conflicting:
            // The authorization was due, if any, and was not sent.
            return giveUp(verdict, at: now)
        case .replacing(let removal) where !removal.mayBeUnderWay:
            return end(verdict)
        case .authorized, .starting:
            return clean(then: .end(verdict), at: now)
        case .verifying where stop.cause == .cancel:
            return clean(then: .end(verdict), at: now)
        case .replacing, .locating, .copying, .watching, .verifying, .cleaning, .ended:
            return proceed(at: now)
        }
    }

    /// Puts the end in the place of an action that would come after the grace of a stop.
    mutating func withinGrace(_ action: Action, at now: Timestamp) -> Action {
        guard let stop = record.stop, record.graceIsOver(at: now) else { return action }
        switch state {
        case .locating, .copying, .watching, .verifying: break
        case .requested, .reserving, .inspecting, .replacing, .authorizable, .authorizing, .conflicting, .authorized,
            .starting, .cleaning, .ended:
            return action
        }
        leave(reason: "The copy did not end within the grace after a deadline or a cancel.", at: now)
        return end(stop.verdict(in: phase, trouble: record.backoff.trouble))
    }

    // MARK: Cleaning

    mutating func clean(then next: AfterCleaning, at now: Timestamp) -> Action {
        let until = record.stop?.graceEnds ?? now + plan.limits.grace
        var cleaning = Cleaning(removal: Removal(of: targetID, until: until), next: next)
        return carryOn(cleaning.removal.proceed(at: now), cleaning, at: now)
    }

    mutating func looked(_ item: DocumentIntelligenceItem?, _ cleaning: Cleaning, at now: Timestamp) -> Action {
        var cleaning = cleaning
        let move = cleaning.removal.looked(isThere: item != nil, backoff: &record.backoff, at: now)
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
        case .delete: return .perform(.deleteTarget)
        case .look: return .ask(.getTarget)
        case .wait(let wait): return .wait(wait)
        case .gone: return cleaned(next: cleaning.next, at: now)
        case .stuck(let failure):
            leave(reason: "The target of a copy that was given up would not go.", at: now)
            return notCleaned(next: cleaning.next, failure)
        }
    }

    private mutating func cleaned(next: AfterCleaning, at now: Timestamp) -> Action {
        record.backoff.reset()
        switch next {
        case .authorize:
            if let stop = record.stop { return end(stop.verdict(in: phase, trouble: nil)) }
            return authorizeAnew(at: now)
        case .end(let verdict): return end(verdict)
        }
    }

    private mutating func notCleaned(next: AfterCleaning, _ failure: CallFailure?) -> Action {
        record.backoff.reset()
        switch next {
        case .authorize(let verdict), .end(let verdict): return end(record.verdict(verdict, in: phase))
        }
    }

    /// Gives the target up while its copy may still be running.
    mutating func abandon(at now: Timestamp) {
        record.owe(
            .model(id: targetID),
            to: plan.target.name,
            due: now + RunRecord.settling,
            reason: "The target was given up while its copy may still have been running."
        )
    }

    /// What a failed try leads to: a new authorization while there are attempts left and nobody wants the run to stop.
    func anew(orElse verdict: Verdict) -> AfterCleaning {
        if let stop = record.stop { return .end(stop.verdict(in: phase, trouble: nil)) }
        return record.attempts < plan.limits.attempts ? .authorize(orElse: verdict) : .end(verdict)
    }

    mutating func leave(reason: String, at now: Timestamp) {
        record.leave(.model(id: targetID), in: plan.target.name)
        record.owe(.model(id: targetID), to: plan.target.name, due: now + RunRecord.settling, reason: reason)
    }

    // MARK: Ending

    mutating func end(_ verdict: Verdict) -> Action {
        end(record.conclusion(verdict))
    }

    mutating func end(_ conclusion: Conclusion) -> Action {
        state = .ended(conclusion)
        return .finish(conclusion)
    }
}
