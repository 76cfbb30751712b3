/// From an authorization to Azure's word that the copy is done.
extension DocumentIntelligenceMachine {
    mutating func startUnlessExpired(_ start: Start, at now: Timestamp) -> Action {
        if start.grant.expires > now + Self.expiryMargin { return self.start(start, at: now) }
        let expired = Verdict.failed(
            .authorizationExpired,
            "The copy authorization ran out before the copy could be started.",
            azure: nil
        )
        return clean(then: anew(orElse: expired), at: now)
    }

    mutating func start(_ start: Start, at now: Timestamp) -> Action {
        state = .starting(start, since: now)
        return .perform(.startCopy(start.grant))
    }

    mutating func started(_ start: Start, operationLocation: String, at now: Timestamp) -> Action {
        state = .copying(
            Copying(operationLocation: operationLocation, startedAt: now, isRepeat: start.repeats > 0)
        )
        return proceed(at: now)
    }

    mutating func startFailed(
        _ failure: CallFailure,
        _ start: Start,
        sentAt: Timestamp,
        at now: Timestamp
    ) -> Action {
        switch failure.fate {
        case .refused where failure.code == .foreignOperationLocation:
            // The copy runs, but nothing may be asked where Azure said.
            abandon(at: now)
            return clean(then: .end(Verdict(failure)), at: now)
        case .refused where failure.followsSuccess:
            return locate(start, sentAt: sentAt, at: now)
        case .refused where start.repeats > 0:
            // Refused as used, maybe: then the first one arrived.
            return watch(at: now)
        case .refused where failure.code == .authorizationExpired:
            return clean(then: anew(orElse: Verdict(failure)), at: now)
        case .refused:
            return clean(then: .end(Verdict(failure)), at: now)
        case .notDone:
            state = .authorized(start)
            return .wait(record.pause(after: failure, at: now))
        case .unknown:
            return locate(start, sentAt: sentAt, at: now)
        }
    }

    // MARK: A lost copyTo

    mutating func locate(_ start: Start, sentAt: Timestamp, at now: Timestamp) -> Action {
        state = .locating(Search(start: start, sentAt: sentAt, until: now + plan.limits.lostStartSearch))
        return proceed(at: now)
    }

    /// - Parameter serviceDate: the service's clock, which the operations' dates are of.
    mutating func located(
        _ operations: [DocumentIntelligenceOperation],
        _ search: Search,
        serviceDate: Timestamp?,
        at now: Timestamp
    ) -> Action {
        let offset = serviceDate?.since(now) ?? .zero
        let earliest = search.sentAt + offset - Self.clockSlack
        let candidates = operations.filter { operation in
            operation.targetLocation.map { Self.isSame($0, search.start.grant.targetLocation) } ?? false
                && operation.created.map { $0 >= earliest } ?? false
        }
        // One authorization makes one copy; a repeat of it fails for that and says nothing.
        if let found = candidates.first(where: { $0.status != .failed }) ?? candidates.first {
            state = .copying(
                Copying(
                    operationLocation: found.location,
                    startedAt: now,
                    isRepeat: search.start.repeats > 0 || candidates.count > 1
                )
            )
            return proceed(at: now)
        }
        guard now >= search.until else { return proceed(at: now) }
        let again = Start(grant: search.start.grant, repeats: search.start.repeats + 1)
        guard record.stop == nil, again.repeats < plan.limits.attempts, again.grant.expires > now + Self.expiryMargin
        else { return watch(at: now) }
        // The same authorization: it is good for one copy, so at most one of the two can work.
        return start(again, at: now)
    }

    /// The same resource by two URLs; letter case and query may differ.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        func path(_ url: String) -> String { url.prefix { $0 != "?" }.lowercased() }
        return path(left) == path(right)
    }

    mutating func locatingFailed(_ failure: CallFailure, _ search: Search, at now: Timestamp) -> Action {
        switch failure.fate {
        case .refused: watch(at: now)
        case .notDone, .unknown: .wait(record.pause(after: failure, at: now))
        }
    }

    // MARK: A running copy

    mutating func polled(_ operation: DocumentIntelligenceOperation, _ copying: Copying, at now: Timestamp) -> Action {
        azureStatus = operation.status.text
        switch operation.status {
        case .notStarted, .running, .unknown:
            return proceed(at: now)
        case .succeeded:
            if let stop = record.stop {
                return clean(then: .end(stop.verdict(in: phase, trouble: nil)), at: now)
            }
            return verify(at: now)
        case .failed where copying.isRepeat:
            return watch(at: now)
        case .failed:
            return clean(then: afterFailedCopy(operation.failure), at: now)
        case .canceled, .skipped:
            let message = "Azure ended the copy as \(operation.status.text)."
            let verdict = Verdict.failed(.copyFailed, message, azure: operation.failure?.azure)
            return clean(then: .end(record.verdict(verdict, in: phase)), at: now)
        }
    }

    /// A failed copy has used its authorization up. Some failures pass with a new one.
    private mutating func afterFailedCopy(_ failure: CallFailure?) -> AfterCleaning {
        guard let failure else {
            return anew(
                orElse: .failed(.copyFailed, "Azure could not copy the \(noun) and gives no reason.", azure: nil)
            )
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
            return watch(at: now)
        case .refused:
            // The copy may be running all the same.
            abandon(at: now)
            return clean(then: .end(record.verdict(Verdict(failure), in: phase)), at: now)
        }
    }
}
