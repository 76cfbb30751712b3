/// Undoing, giving up and ending.
extension FormRecognizerMachine {
    // MARK: Stopping

    mutating func stopped(for cause: Stop.Cause, at now: Timestamp) -> Action {
        let stop = record.stop(for: cause, at: now, grace: plan.limits.grace)
        let verdict = stop.verdict(in: phase, trouble: record.backoff.trouble)
        switch state {
        case .requested, .inspecting, .authorizable, .authorizing:
            // The authorization was due, if any, and was not sent.
            return end(verdict)
        case .authorized(let grant), .starting(let grant, _):
            return clean(grant.modelID, then: .end(verdict), at: now)
        case .verifying(let verification) where stop.cause == .cancel:
            return clean(verification.modelID, then: .end(verdict), at: now)
        case .checking(let check) where stop.cause == .cancel:
            return clean(check.kept.modelID, then: .end(verdict), at: now)
        case .tracing, .copying, .watching, .verifying, .checking, .cleaning, .ended:
            return proceed(at: now)
        }
    }

    /// Puts the end in the place of an action that would come after the grace of a stop.
    mutating func withinGrace(_ action: Action, at now: Timestamp) -> Action {
        guard let stop = record.stop, record.graceIsOver(at: now) else { return action }
        let left: [String]
        switch state {
        case .copying(let copying): left = [copying.modelID]
        case .watching(let watch): left = [watch.modelID]
        case .verifying(let verification): left = [verification.modelID]
        case .checking(let check): left = [check.kept.modelID] + check.open
        case .requested, .inspecting, .authorizable, .authorizing, .tracing, .authorized, .starting, .cleaning, .ended:
            return action
        }
        let verdict = stop.verdict(in: phase, trouble: record.backoff.trouble)
        for id in left {
            leave(id, reason: "The copy did not end within the grace after a deadline or a cancel.", at: now)
        }
        return end(verdict)
    }

    // MARK: Cleaning

    mutating func clean(_ modelID: String, then next: AfterCleaning, at now: Timestamp) -> Action {
        let until = record.stop?.graceEnds ?? now + plan.limits.grace
        var cleaning = Cleaning(removal: Removal(of: modelID, until: until), next: next)
        return carryOn(cleaning.removal.proceed(at: now), cleaning, at: now)
    }

    mutating func looked(_ model: FormRecognizerModel?, _ cleaning: Cleaning, at now: Timestamp) -> Action {
        var cleaning = cleaning
        let move = cleaning.removal.looked(isThere: model != nil, backoff: &record.backoff, at: now)
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
        case .delete: return .perform(.deleteTargetModel(id: cleaning.removal.id))
        case .look: return .ask(.getTargetModel(id: cleaning.removal.id))
        case .wait(let wait): return .wait(wait)
        case .gone: return cleaned(next: cleaning.next, at: now)
        case .stuck(let failure):
            leave(cleaning.removal.id, reason: "The target of a copy that was given up would not go.", at: now)
            return notCleaned(next: cleaning.next, failure, at: now)
        }
    }

    private mutating func cleaned(next: AfterCleaning, at now: Timestamp) -> Action {
        record.backoff.reset()
        switch next {
        case .authorize:
            if let stop = record.stop { return end(stop.verdict(in: phase, trouble: nil)) }
            return authorizeAnew()
        case .check(let check):
            if let stop = record.stop, stop.cause == .cancel {
                return clean(check.kept.modelID, then: .end(stop.verdict(in: phase, trouble: nil)), at: now)
            }
            return self.check(check)
        case .end(let verdict): return end(verdict)
        }
    }

    private mutating func notCleaned(next: AfterCleaning, _ failure: CallFailure?, at now: Timestamp) -> Action {
        record.backoff.reset()
        switch next {
        case .authorize(let verdict): return end(record.verdict(verdict, in: phase))
        case .check(let check):
            // Two targets may be finished now: the one that can still be taken away is.
            let verdict =
                failure.map { Verdict($0) }
                ?? .failed(.copyFailed, "An older target of this request came back and would not go.", azure: nil)
            return clean(check.kept.modelID, then: .end(record.verdict(verdict, in: phase)), at: now)
        case .end(let verdict): return end(verdict)
        }
    }

    /// Gives a target up while its copy may still be running.
    mutating func abandon(_ modelID: String, at now: Timestamp) {
        if !abandoned.contains(modelID) { abandoned.append(modelID) }
        record.owe(
            .model(id: modelID),
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

    mutating func leave(_ modelID: String, reason: String, at now: Timestamp) {
        record.leave(.model(id: modelID), in: plan.target.name)
        record.owe(.model(id: modelID), to: plan.target.name, due: now + RunRecord.settling, reason: reason)
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
