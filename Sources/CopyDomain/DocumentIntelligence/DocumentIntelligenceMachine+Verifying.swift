/// Seeing for ourselves: the target of a copy that nobody knows about, and of one that succeeded.
extension DocumentIntelligenceMachine {
    /// - Parameter verdict: what the run ends with if the target does not appear; `nil`: with another attempt.
    mutating func watch(orElse verdict: Verdict? = nil, at now: Timestamp) -> Action {
        state = .watching(Watch(until: nil, failing: verdict))
        return proceed(at: now)
    }

    mutating func watched(
        _ item: DocumentIntelligenceItem?,
        _ watch: Watch,
        serviceDate: Timestamp?,
        at now: Timestamp
    ) -> Action {
        if let item {
            if mayBeAnothers(item, at: serviceDate ?? now) { return giveUp(Verdict(takenMeanwhile), at: now) }
            if let stop = record.stop {
                return clean(showing: Likeness(item), then: .end(stop.verdict(in: phase, trouble: nil)), at: now)
            }
            return judge(item, seen: [], at: now)
        }
        let until = watch.until ?? now + plan.limits.lostCopyWatch
        guard now >= until else {
            state = .watching(Watch(until: until, failing: watch.failing))
            return proceed(at: now)
        }
        abandonedAt = now
        if let verdict = watch.failing {
            return clean(showing: source, then: .end(record.verdict(verdict, in: phase)), at: now)
        }
        let seconds = plan.limits.lostCopyWatch.components.seconds
        let lost = Verdict.failed(
            .azureUnavailable,
            "Whether the copy runs could not be found out, and its target did not appear within \(seconds) s.",
            azure: nil
        )
        return clean(showing: source, then: anew(orElse: lost), at: now)
    }

    /// Once the authorization has run out the id is anybody's; what looks like the source is taken for its copy.
    private func mayBeAnothers(_ item: DocumentIntelligenceItem, at serviceNow: Timestamp) -> Bool {
        guard let heldUntil, let source else { return false }
        return serviceNow > heldUntil && !source.fits(item)
    }

    private var takenMeanwhile: CopyProblem {
        CopyProblem(
            .targetIDTaken,
            "What became of the copy could not be found out before its authorization ran out, and the \(noun) that now "
                + "bears the id \(targetID) is not like the source; it was left as it is."
        )
    }

    mutating func verify(at now: Timestamp) -> Action {
        state = .verifying(Watch(until: nil))
        return .ask(.getTarget)
    }

    mutating func verified(_ item: DocumentIntelligenceItem?, _ watch: Watch, at now: Timestamp) -> Action {
        if let item { return judge(item, seen: ["copy succeeded"], at: now) }
        // For some seconds what has just been copied may not be shown (azure-copy-apis.md 6, rule 8).
        let until = watch.until ?? now + plan.limits.verification
        guard now >= until else {
            state = .verifying(Watch(until: until))
            return proceed(at: now)
        }
        let vanished = Verdict.failed(
            .targetVanished,
            "Azure says that the copy succeeded, but its target is not there.",
            azure: nil
        )
        return clean(showing: source, then: .end(record.verdict(vanished, in: phase)), at: now)
    }

    /// The target is there: whether it is whole decides. Names and dates of document types differ by version, their
    /// number does not (azure-copy-apis.md 6, rule 8).
    private mutating func judge(_ item: DocumentIntelligenceItem, seen: [String], at now: Timestamp) -> Action {
        var verified = seen + ["target \(noun) is ready"]
        if let source {
            guard item.documentTypes == source.documentTypes else {
                let incomplete = Verdict.failed(
                    .copyIncomplete,
                    "The copy has \(item.documentTypes) document types, its source \(source.documentTypes).",
                    azure: nil
                )
                return clean(showing: Likeness(item), then: anew(orElse: incomplete), at: now)
            }
            verified.append("target has all document types (\(item.documentTypes))")
        }
        return end(
            .succeeded(
                CopySuccess(
                    targetID: targetID,
                    targetName: nil,
                    expires: item.expires ?? source?.expires,
                    verified: verified,
                    warnings: record.warnings,
                    attempts: record.attempts
                )
            )
        )
    }

    /// The target cannot be looked at, so success cannot be claimed.
    mutating func lookFailed(_ failure: CallFailure, at now: Timestamp) -> Action {
        if let pause = record.pauseUnlessFinal(after: failure, at: now) { return .wait(pause) }
        if case .watching = state { abandonedAt = now }
        return clean(showing: source, then: .end(record.verdict(Verdict(failure), in: phase)), at: now)
    }
}
