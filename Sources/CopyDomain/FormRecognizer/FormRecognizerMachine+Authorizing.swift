/// From a sound source to an authorization, and what to do when its answer is lost.
extension FormRecognizerMachine {
    /// How far the clocks of this host and the service, and the order of their readings, may disagree.
    private static let slack: Duration = .seconds(5)
    /// An authorization takes effect at most this long after its intent: one that was given up may still be on its way,
    /// long after the target was listed.
    private static let reach: Duration = .seconds(300)
    /// An unused authorization cannot be used any more after this.
    private static let authorizationLife: Duration = .seconds(24 * 3600)

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

    mutating func authorized(
        by grant: FormRecognizerGrant,
        serviceDate: Timestamp?,
        at now: Timestamp
    ) -> Action {
        record.made(grant.modelID)
        runsOutAt = .end(
            of: grant.expiration,
            usualLife: Self.authorizationLife,
            serviceDate: serviceDate,
            at: now
        )
        return start(grant, at: now)
    }

    mutating func authorizationFailed(_ failure: CallFailure, since: Timestamp, at now: Timestamp) -> Action {
        switch failure.fate {
        case .refused where failure.followsSuccess: return trace(authorizationSince: since)
        case .refused: return end(Verdict(failure))
        case .notDone:
            state = .authorizable
            return .wait(record.pause(after: failure, at: now))
        case .unknown: return trace(authorizationSince: since)
        }
    }

    mutating func trace(authorizationSince since: Timestamp) -> Action {
        state = .tracing(authorizationSince: since)
        return .ask(.listTargetModels)
    }

    mutating func tracingFailed(
        _ failure: CallFailure,
        authorizationSince since: Timestamp,
        at now: Timestamp
    ) -> Action {
        let isFinal = if case .refused = failure.fate { true } else { record.stop != nil }
        if isFinal { return traced([], authorizationSince: since, serviceDate: nil, at: now) }
        return .wait(record.pause(after: failure, at: now))
    }

    /// Notes the empty model that the lost authorization may have made, and goes on without it.
    mutating func traced(
        _ models: [FormRecognizerModel],
        authorizationSince since: Timestamp,
        serviceDate: Timestamp?,
        at now: Timestamp
    ) -> Action {
        oweEmptyModel(among: models, authorizationSince: since, serviceDate: serviceDate, at: now)
        targetSeenAt = serviceDate ?? targetSeenAt
        lostAuthorizations += 1
        if let stop = record.stop { return end(stop.verdict(in: phase, trouble: record.backoff.trouble)) }
        guard lostAuthorizations < plan.limits.lostAuthorizations else {
            let times = lostAuthorizations
            return end(
                .failed(.azureUnavailable, "The answer to the copy authorization was lost \(times) times.", azure: nil)
            )
        }
        // The limit is there for the empty models; an outage of some seconds must not use it up.
        state = .authorizable
        return .wait(Backoff.spaced(lostAuthorizations))
    }

    /// The window is on the service's clock, whose offset from this host's the answer's Date header tells.
    mutating func oweEmptyModel(
        among models: [FormRecognizerModel],
        authorizationSince since: Timestamp,
        serviceDate: Timestamp?,
        at now: Timestamp
    ) {
        let serviceNow = serviceDate ?? now
        // Not later than now, however the clock was set meanwhile.
        let sent = min(since + serviceNow.since(now), serviceNow)
        // And not before the target was last heard of, which tells of a clock that was set back meanwhile.
        let earliest = min(sent, max(targetSeenAt ?? sent, sent - Self.reach))
        let from = earliest - Self.slack
        // One second more, because the Date header has whole seconds.
        let to = sent + Self.reach + .seconds(1)
        var suspects: [String] = []
        for model in models where model.status == .creating && !targetIDs.contains(model.id) {
            guard let created = model.created, from <= created, created <= to else { continue }
            // A list repeats items at page borders (azure-copy-apis.md 1.4).
            if !suspects.contains(model.id) { suspects.append(model.id) }
        }
        let subject = ObligationSubject.emptyModel(from: from, to: to, suspects: suspects)
        record.owe(
            subject,
            to: plan.target.name,
            due: to + Self.authorizationLife,
            reason: "The answer to a copy authorization was lost: it may have made an empty model."
        )
        record.leave(subject, in: plan.target.name)
    }
}
