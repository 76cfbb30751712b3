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
        case .replacing(var removal):
            removal.withdrawIntent()
            // What is there has not been deleted, and now it will not be.
            if case .due = removal.step, lostDelete == nil { return end(verdict) }
            return carryOn(removal.deleted(), replacing: removal, at: now)
        // One that was sent before may have arrived.
        case .authorized(let start) where start.repeats > 0, .starting(let start, _) where start.repeats > 0:
            return watch(at: now)
        case .authorized, .starting:
            return clean(showing: nil, then: .end(verdict), at: now)
        case .verifying where stop.cause == .cancel:
            return clean(showing: source, then: .end(verdict), at: now)
        case .cleaning(var cleaning):
            cleaning.removal.withdrawIntent()
            return goOn(cleaning, at: now)
        case .locating, .copying, .watching, .verifying, .ended:
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

    /// - Parameter likeness: what of this run may be seen; `nil`: it has nothing but the id. That may be another's once
    ///   the authorization has run out: then looks first.
    mutating func clean(showing likeness: Likeness?, then next: AfterCleaning, at now: Timestamp) -> Action {
        let until = record.stop?.graceEnds ?? now + plan.limits.grace
        var cleaning = Cleaning(removal: Removal(of: targetID, until: until), likeness: likeness, next: next)
        if likeness == nil, let heldUntil, heldUntil <= now {
            return carryOn(cleaning.removal.deleted(), cleaning, at: now)
        }
        return goOn(cleaning, at: now)
    }

    mutating func goOn(_ cleaning: Cleaning, at now: Timestamp) -> Action {
        var cleaning = cleaning
        if cleaning.removal.isDeleting { deleteWasLost() }
        return carryOn(cleaning.removal.proceed(at: now), cleaning, at: now)
    }

    mutating func deleteWasLost() {
        lostDelete = LostDelete(isFollowed: lostDelete?.isFollowed ?? false)
    }

    /// What comes after a move that leaves the id free: the wait until no lost delete can take the next one's model.
    mutating func settled(_ move: Removal.Move, serviceDate: Timestamp?, at now: Timestamp) -> Removal.Move {
        guard case .gone = move else { return move }
        // One that no other followed is what left it free.
        if lostDelete?.isFollowed == false { lostDelete = nil }
        return waitForLostDelete(serviceDate: serviceDate, at: now).map { .wait($0) } ?? move
    }

    /// `nil`: there is none, or it has no effect any more.
    mutating func waitForLostDelete(serviceDate: Timestamp?, at now: Timestamp) -> Wait? {
        guard let lost = lostDelete else { return nil }
        let serviceNow = serviceDate ?? now
        let isOverAt = lost.isOverAt ?? serviceNow + Self.lateDelete
        guard serviceNow < isOverAt else {
            lostDelete = nil
            return nil
        }
        lostDelete?.isOverAt = isOverAt
        return Wait(isOverAt.since(serviceNow))
    }

    mutating func looked(
        _ item: DocumentIntelligenceItem?,
        _ cleaning: Cleaning,
        serviceDate: Timestamp?,
        at now: Timestamp
    ) -> Action {
        var cleaning = cleaning
        let isLate = now >= cleaning.removal.until
        switch (item, cleaning.isDeleted) {
        case (nil, true):
            return carryOn(settled(.gone, serviceDate: serviceDate, at: now), cleaning, at: now)
        case (nil, false):
            // Nobody knows what became of the delete, and what is not shown may be there.
            if isLate && cleaning.isRepeated { return carryOn(.stuck(nil), cleaning, at: now) }
            cleaning.isRepeated = true
            cleaning.removal = Removal(of: targetID, until: cleaning.removal.until)
            return carryOn(cleaning.removal.proceed(at: now), cleaning, at: now)
        case (_?, _) where cleaning.likeness == nil:
            // Another's: so what this run had is not there any more.
            return carryOn(.gone, cleaning, at: now)
        case (let item?, false) where cleaning.likeness?.fits(item) == true:
            let move = cleaning.removal.looked(isThere: true, backoff: &record.backoff, at: now)
            return carryOn(move, cleaning, at: now)
        case (_?, _):
            // Still shown, or another's already: it is not deleted.
            switch cleaning.next {
            // Azure will tell whether the id is taken.
            case .authorize: return carryOn(settled(.gone, serviceDate: serviceDate, at: now), cleaning, at: now)
            case .end where isLate: return carryOn(.stuck(nil), cleaning, at: now)
            case .end:
                let wait = record.backoff.pause(atMost: cleaning.removal.until.since(now))
                return carryOn(.wait(wait), cleaning, at: now)
            }
        }
    }

    mutating func deleted(_ cleaning: Cleaning, at now: Timestamp) -> Action {
        var cleaning = cleaning
        cleaning.isDeleted = true
        return carryOn(cleaning.removal.deleted(), cleaning, at: now)
    }

    mutating func cleaningFailed(_ failure: CallFailure, _ cleaning: Cleaning, at now: Timestamp) -> Action {
        var cleaning = cleaning
        if case .deleting = cleaning.removal.step {
            if failure.followsSuccess { return deleted(cleaning, at: now) }
            if case .unknown = failure.fate {
                deleteWasLost()
                _ = cleaning.removal.deleted()
                return carryOn(.wait(record.pause(after: failure, at: now)), cleaning, at: now)
            }
        }
        let move = cleaning.removal.failed(failure, backoff: &record.backoff, at: now)
        return carryOn(move, cleaning, at: now)
    }

    mutating func carryOn(_ move: Removal.Move, _ cleaning: Cleaning, at now: Timestamp) -> Action {
        state = .cleaning(cleaning)
        switch move {
        case .delete:
            lostDelete?.isFollowed = true
            return .perform(.deleteTarget)
        case .look: return .ask(.getTarget)
        case .wait(let wait): return .wait(wait)
        case .gone: return cleaned(next: cleaning.next, at: now)
        case .stuck:
            if cleaning.likeness == nil {
                leaveReservation(reason: "A copy authorization that was given up may still hold the id.", at: now)
            } else {
                leave(reason: "The target of a copy that was given up would not go.", at: now)
            }
            return notCleaned(next: cleaning.next)
        }
    }

    private mutating func cleaned(next: AfterCleaning, at now: Timestamp) -> Action {
        switch next {
        case .authorize:
            if let stop = record.stop { return end(stop.verdict(in: phase, trouble: nil)) }
            switch conflictsMet {
            case 0: return authorizeAnew()
            // It was a reservation without a copy: no attempt is over.
            case 1: return authorize(at: now)
            default:
                state = .authorizable
                return .wait(record.backoff.pause())
            }
        case .end(let verdict): return end(verdict)
        }
    }

    private mutating func notCleaned(next: AfterCleaning) -> Action {
        record.backoff.reset()
        switch next {
        case .authorize(let verdict), .end(let verdict): return end(record.verdict(verdict, in: phase))
        }
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

    /// The id is, or may be, held by this run without anything being visible: what is seen under it later is another's.
    mutating func leaveReservation(reason: String, at now: Timestamp) {
        let subject = ObligationSubject.reservation(id: targetID)
        record.leave(subject, in: plan.target.name)
        record.owe(subject, to: plan.target.name, due: now + Self.authorizationLife, reason: reason)
    }

    // MARK: Ending

    mutating func end(_ verdict: Verdict) -> Action {
        // Owed only now: had the next copy succeeded, it would bear the same id.
        if let abandonedAt {
            record.owe(
                .model(id: targetID),
                to: plan.target.name,
                due: abandonedAt + RunRecord.settling,
                reason: "The target was given up while its copy may still have been running."
            )
        }
        if let lateAuthorizationSince, record.leftBehind.isEmpty {
            leaveReservation(
                reason: "The answer to a copy authorization was lost: it may take effect now that the id is free.",
                at: lateAuthorizationSince + Self.lateAuthorization
            )
        }
        return end(record.conclusion(verdict))
    }

    mutating func end(_ conclusion: Conclusion) -> Action {
        state = .ended(conclusion)
        return .finish(conclusion)
    }
}
