/// Seeing for ourselves: the target of a copy whose answer was lost, of one that succeeded, and those given up.
extension FormRecognizerMachine {
    /// - Parameter verdict: what the run ends with if the target is not built in time; `nil`: with another attempt.
    mutating func watch(_ modelID: String, orElse verdict: Verdict? = nil, at now: Timestamp) -> Action {
        let until = now + plan.limits.lostCopyWatch
        state = .watching(Watch(modelID: modelID, until: until, failing: verdict))
        return proceed(at: now)
    }

    mutating func watched(_ model: FormRecognizerModel?, _ watch: Watch, at now: Timestamp) -> Action {
        guard let model else {
            abandon(watch.modelID, at: now)
            let vanished = Verdict.failed(
                .targetVanished,
                "The target of a copy whose answer was lost disappeared.",
                azure: nil
            )
            switch anew(orElse: vanished) {
            case .authorize: return authorizeAnew()
            case .end(let verdict): return end(verdict)
            case .check(let check): return self.check(check)
            }
        }
        switch model.status {
        case .ready:
            if let stop = record.stop {
                return clean(watch.modelID, then: .end(stop.verdict(in: phase, trouble: nil)), at: now)
            }
            return keep(watch.modelID, name: model.name, seen: ["target model is ready"])
        case .invalid:
            return clean(watch.modelID, then: anew(orElse: Self.invalid(model)), at: now)
        case .creating, .unknown:
            guard now >= watch.until else { return proceed(at: now) }
            abandon(watch.modelID, at: now)
            if let verdict = watch.failing {
                return clean(watch.modelID, then: .end(record.verdict(verdict, in: phase)), at: now)
            }
            let seconds = plan.limits.lostCopyWatch.components.seconds
            let lost = Verdict.failed(
                .azureUnavailable,
                "Whether the copy runs could not be found out, and its target was not built within \(seconds) s.",
                azure: nil
            )
            return clean(watch.modelID, then: anew(orElse: lost), at: now)
        }
    }

    mutating func watchFailed(_ failure: CallFailure, _ watch: Watch, at now: Timestamp) -> Action {
        if let pause = record.pauseUnlessFinal(after: failure, at: now) { return .wait(pause) }
        abandon(watch.modelID, at: now)
        return clean(watch.modelID, then: .end(record.verdict(Verdict(failure), in: phase)), at: now)
    }

    mutating func verify(_ modelID: String) -> Action {
        state = .verifying(Verification(modelID: modelID, until: nil))
        return .ask(.getTargetModel(id: modelID))
    }

    mutating func verified(
        _ model: FormRecognizerModel?,
        _ verification: Verification,
        at now: Timestamp
    ) -> Action {
        let until = verification.until ?? now + plan.limits.verification
        let missing: Verdict
        switch model?.status {
        case .ready:
            return keep(verification.modelID, name: model?.name, seen: ["copy succeeded", "target model is ready"])
        case .invalid:
            let verdict = record.verdict(Self.invalid(model), in: phase)
            return clean(verification.modelID, then: .end(verdict), at: now)
        case .creating, .unknown:
            missing = .failed(
                .targetInvalid,
                "Azure says that the copy succeeded, but its target did not become ready.",
                azure: nil
            )
        case nil:
            missing = .failed(
                .targetVanished,
                "Azure says that the copy succeeded, but its target is not there.",
                azure: nil
            )
        }
        guard now >= until else {
            state = .verifying(Verification(modelID: verification.modelID, until: until))
            return proceed(at: now)
        }
        return clean(verification.modelID, then: .end(record.verdict(missing, in: phase)), at: now)
    }

    /// The target cannot be looked at, so success cannot be claimed.
    mutating func verificationFailed(_ failure: CallFailure, keeping modelID: String, at now: Timestamp) -> Action {
        if let pause = record.pauseUnlessFinal(after: failure, at: now) { return .wait(pause) }
        return clean(modelID, then: .end(record.verdict(Verdict(failure), in: phase)), at: now)
    }

    /// The target is ready: all that is left is to see that no older one has come back.
    private mutating func keep(_ modelID: String, name: String?, seen: [String]) -> Action {
        check(Check(kept: Kept(modelID: modelID, name: name, verified: seen), open: abandoned))
    }

    mutating func check(_ check: Check) -> Action {
        guard let next = check.open.first else {
            let kept = check.kept
            let verified = abandoned.isEmpty ? kept.verified : kept.verified + ["targets given up before are gone"]
            return end(
                .succeeded(
                    CopySuccess(
                        targetID: kept.modelID,
                        targetName: kept.name,
                        verified: verified,
                        warnings: record.warnings,
                        attempts: record.attempts
                    )
                )
            )
        }
        state = .checking(check)
        return .ask(.getTargetModel(id: next))
    }

    mutating func checked(_ model: FormRecognizerModel?, _ check: Check, at now: Timestamp) -> Action {
        if model != nil, let returned = check.open.first {
            return clean(returned, then: .check(check), at: now)
        }
        return self.check(Check(kept: check.kept, open: Array(check.open.dropFirst())))
    }

    private static func invalid(_ model: FormRecognizerModel?) -> Verdict {
        let reason = model?.error?.message ?? model?.error?.code ?? "no reason given"
        return .failed(.targetInvalid, "Azure made the target invalid: \(reason)", azure: model?.error)
    }
}
