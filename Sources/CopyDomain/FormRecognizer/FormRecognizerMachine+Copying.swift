/// From an authorization to Azure's word that the copy is done.
extension FormRecognizerMachine {
    mutating func startUnlessExpired(_ grant: FormRecognizerGrant, at now: Timestamp) -> Action {
        if runsOutAt ?? grant.expiration > now + Self.expiryMargin { return start(grant, at: now) }
        let expired = Verdict.failed(
            .authorizationExpired,
            "The copy authorization ran out before the copy could be started.",
            azure: nil
        )
        return clean(grant.modelID, then: anew(orElse: expired), at: now)
    }

    mutating func start(_ grant: FormRecognizerGrant, at now: Timestamp) -> Action {
        state = .starting(grant, since: now)
        return .perform(.startCopy(grant))
    }

    mutating func started(_ grant: FormRecognizerGrant, operationLocation: String, at now: Timestamp) -> Action {
        state = .copying(
            Copying(modelID: grant.modelID, operationLocation: operationLocation, startedAt: now)
        )
        return proceed(at: now)
    }

    mutating func startFailed(_ failure: CallFailure, _ grant: FormRecognizerGrant, at now: Timestamp) -> Action {
        switch failure.fate {
        case .refused where failure.code == .foreignOperationLocation:
            // The copy runs, but nothing may be asked where Azure said.
            abandon(grant.modelID, at: now)
            return clean(grant.modelID, then: .end(Verdict(failure)), at: now)
        case .refused where failure.followsSuccess:
            return watch(grant.modelID, at: now)
        case .refused:
            return clean(grant.modelID, then: .end(Verdict(failure)), at: now)
        case .notDone:
            state = .authorized(grant)
            return .wait(record.pause(after: failure, at: now))
        case .unknown:
            return watch(grant.modelID, at: now)
        }
    }

    mutating func polled(_ result: FormRecognizerCopyResult, _ copying: Copying, at now: Timestamp) -> Action {
        azureStatus = result.status.text
        switch result.status {
        case .notStarted, .running, .unknown:
            return proceed(at: now)
        case .succeeded:
            if let stop = record.stop {
                return clean(copying.modelID, then: .end(stop.verdict(in: phase, trouble: nil)), at: now)
            }
            return verify(copying.modelID)
        case .failed:
            return clean(copying.modelID, then: afterFailedCopy(result.failure), at: now)
        }
    }

    /// A failed copy has used its authorization up. Some failures pass with a new one.
    private mutating func afterFailedCopy(_ failure: CallFailure?) -> AfterCleaning {
        guard let failure else {
            return anew(orElse: .failed(.copyFailed, "Azure could not copy the model and gives no reason.", azure: nil))
        }
        let verdict = Verdict(failure)
        switch failure.fate {
        case .refused where failure.code == .targetMismatch:
            mismatches += 1
            if mismatches <= Self.mismatchesBorne { return anew(orElse: verdict) }
            return .end(record.verdict(verdict, in: phase))
        case .refused: return .end(record.verdict(verdict, in: phase))
        case .notDone, .unknown: return anew(orElse: verdict)
        }
    }

    mutating func pollFailed(_ failure: CallFailure, _ copying: Copying, at now: Timestamp) -> Action {
        switch failure.fate {
        case .notDone, .unknown:
            return .wait(record.pause(after: failure, at: now))
        case .refused where failure.isNotFound:
            if now.since(copying.startedAt) < Self.operationAppears { return proceed(at: now) }
            return watch(copying.modelID, at: now)
        case .refused where failure.code == .foreignOperationLocation:
            abandon(copying.modelID, at: now)
            let verdict = record.verdict(Verdict(failure), in: phase)
            return clean(copying.modelID, then: .end(verdict), at: now)
        case .refused:
            // The copy may be running all the same.
            return watch(copying.modelID, orElse: Verdict(failure), at: now)
        }
    }
}
