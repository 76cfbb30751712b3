/// From a free id to an authorization, and what to do when its answer is lost or the id is taken.
extension DocumentIntelligenceMachine {
    mutating func authorize(at now: Timestamp) -> Action {
        record.attempts = max(record.attempts, 1)
        state = .authorizing(since: now)
        return .perform(.authorizeCopy)
    }

    /// Begins the copy once more, with an authorization of its own.
    mutating func authorizeAnew() -> Action {
        azureStatus = nil
        state = .authorizable
        return .wait(record.pauseForAttempt())
    }

    /// The answer to an authorization was lost. Azure itself fences the repeat: it refuses the second.
    mutating func authorizeAgain(at now: Timestamp) -> Action {
        hasOpenAuthorization = true
        return authorize(at: now)
    }

    mutating func authorized(
        by grant: DocumentIntelligenceGrant,
        serviceDate: Timestamp?,
        at now: Timestamp
    ) -> Action {
        record.made(targetID)
        heldUntil = grant.expires
        // After a conflict it has taken effect, and was deleted.
        if hasOpenAuthorization && conflictsMet == 0 { lateAuthorizationSince = now }
        hasOpenAuthorization = false
        conflictsMet = 0
        let runsOut = Timestamp.end(
            of: grant.expires,
            usualLife: Self.authorizationLife,
            serviceDate: serviceDate,
            at: now
        )
        return start(Start(grant: grant, authorizedAt: serviceDate ?? now, runsOutAt: runsOut), at: now)
    }

    mutating func authorizationFailed(_ failure: CallFailure, at now: Timestamp) -> Action {
        switch failure.fate {
        case .refused where failure.code == .targetIDTaken:
            conflictsMet += 1
            state = .conflicting
            return .ask(.getTarget)
        case .refused where failure.followsSuccess: return authorizeAfterPause(failure, at: now)
        case .refused: return giveUp(Verdict(failure), at: now)
        case .notDone:
            state = .authorizable
            return .wait(record.pause(after: failure, at: now))
        case .unknown:
            return authorizeAfterPause(failure, at: now)
        }
    }

    private mutating func authorizeAfterPause(_ failure: CallFailure, at now: Timestamp) -> Action {
        hasOpenAuthorization = true
        state = .authorizable
        return .wait(record.pause(after: failure, at: now))
    }

    /// The id is taken: whoever is seen under it has it.
    mutating func conflicted(with item: DocumentIntelligenceItem?, at now: Timestamp) -> Action {
        if let stop = record.stop { return giveUp(stop.verdict(in: phase, trouble: nil), at: now) }
        guard let item else { return conflictedInvisibly(at: now) }
        // What is seen has the id, so no authorization of this run holds it. Even if it may be a copy of this run that
        // was given up and has come true after all: it may as well be another's.
        switch plan.request.onConflict {
        // Part of a copy is nothing to leave as it is.
        case .skip where abandonedAt == nil || source?.fits(item) == true: return skip(item)
        case .replace where conflictsMet <= Self.conflictsBorne: return replace(at: now)
        case .fail, .skip, .replace: return end(Verdict(taken))
        }
    }

    /// A reservation, or something that is being deleted: neither is shown.
    private mutating func conflictedInvisibly(at now: Timestamp) -> Action {
        let reserved = reservedVerdict
        guard conflictsMet <= Self.conflictsBorne else { return giveUp(reserved, at: now) }
        // Ours, by an authorization whose answer was lost.
        if hasOpenAuthorization { return clean(showing: nil, then: .authorize(orElse: reserved), at: now) }
        // What was just deleted may take a moment to go.
        guard wasAuthorized || record.targetDeleted else { return giveUp(reserved, at: now) }
        state = .authorizable
        return .wait(record.backoff.pause())
    }

    /// What the id is reserved for may be a copy that failed: why it did is what people want to know.
    private var reservedVerdict: Verdict {
        let state = "The id \(targetID) is reserved in the target resource, and nothing is visible under it."
        guard case .failed(let code, let message, let azure)? = failedCopy else {
            return .failed(.targetReserved, state, azure: nil)
        }
        return .failed(code, "\(message) It could not be tried again: \(state)", azure: azure)
    }

    mutating func conflictFailed(_ failure: CallFailure, at now: Timestamp) -> Action {
        switch failure.fate {
        case .refused: giveUp(Verdict(failure), at: now)
        case .notDone, .unknown: .wait(record.pause(after: failure, at: now))
        }
    }

    /// Whether an authorization of this run may hold the id although nothing is visible under it.
    var mayHoldReservation: Bool { hasOpenAuthorization || (wasAuthorized && conflictsMet > 0) }

    /// Ends where nothing of this run is visible; an authorization of it may still hold the id.
    mutating func giveUp(_ verdict: Verdict, at now: Timestamp) -> Action {
        if mayHoldReservation {
            leaveReservation(reason: "A copy authorization of a run that was given up may still hold the id.", at: now)
        }
        return end(record.verdict(verdict, in: phase))
    }
}
