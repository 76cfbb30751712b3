/// From an authorization to Azure's word that the copy is done.
extension DocumentIntelligenceMachine {
    mutating func startUnlessExpired(_ start: Start, at now: Timestamp) -> Action {
        if start.runsOut > now + Self.expiryMargin { return self.start(start, at: now) }
        // The one that was sent before may have arrived.
        if start.repeats > 0 { return watch(at: now) }
        let expired = Verdict.failed(
            .authorizationExpired,
            "The copy authorization ran out before the copy could be started.",
            azure: nil
        )
        return clean(showing: nil, then: anew(orElse: expired), at: now)
    }

    mutating func start(_ start: Start, at now: Timestamp) -> Action {
        state = .starting(start, since: now)
        return .perform(.startCopy(start.grant))
    }

    mutating func started(_ start: Start, operationLocation: String, at now: Timestamp) -> Action {
        copy(operationLocation, isRepeat: start.repeats > 0, at: now)
    }

    private mutating func copy(_ operationLocation: String, isRepeat: Bool, at now: Timestamp) -> Action {
        operationIDs.append(Self.operationID(in: operationLocation))
        state = .copying(Copying(operationLocation: operationLocation, startedAt: now, isRepeat: isRepeat))
        return proceed(at: now)
    }

    /// The last part of an operation's URL; letter case and version differ by who names it.
    private static func operationID(in location: String) -> String {
        let path = location.prefix { $0 != "?" }
        return path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    }

    mutating func startFailed(_ failure: CallFailure, _ start: Start, at now: Timestamp) -> Action {
        switch failure.fate {
        case .refused where failure.code == .foreignOperationLocation:
            // The copy runs, but nothing may be asked where Azure said.
            abandonedAt = now
            return clean(showing: source, then: .end(Verdict(failure)), at: now)
        case .refused where failure.followsSuccess:
            return locate(start)
        case .refused where start.repeats > 0:
            // Refused as used, maybe: then the first one arrived.
            return watch(at: now)
        case .refused where failure.code == .authorizationExpired:
            return clean(showing: nil, then: anew(orElse: Verdict(failure)), at: now)
        case .refused:
            return clean(showing: nil, then: .end(Verdict(failure)), at: now)
        case .notDone:
            state = .authorized(start)
            return .wait(record.pause(after: failure, at: now))
        case .unknown:
            return locate(start)
        }
    }

    // MARK: A lost copyTo

    mutating func locate(_ start: Start) -> Action {
        state = .locating(Search(start: start))
        return .poll(.listOperations(since: start.earliestOperation))
    }

    mutating func located(
        _ operations: [DocumentIntelligenceOperation],
        _ search: Search,
        serviceDate: Timestamp?,
        at now: Timestamp
    ) -> Action {
        let earliest = search.start.earliestOperation
        let candidates = operations.filter { operation in
            !operationIDs.contains(Self.operationID(in: operation.location))
                && operation.targetLocation.map { Self.isSame($0, search.start.grant.targetLocation) } ?? false
                && operation.created.map { $0 >= earliest } ?? false
        }
        // One authorization makes one copy; a repeat of it fails for that and says nothing.
        if let found = candidates.first(where: { $0.status != .failed }) ?? candidates.first {
            return copy(found.location, isRepeat: search.start.repeats > 0 || candidates.count > 1, at: now)
        }
        let serviceNow = serviceDate ?? now
        let until = search.until ?? serviceNow + plan.limits.lostStartSearch
        guard serviceNow >= until else {
            state = .locating(Search(start: search.start, until: until))
            return proceed(at: now)
        }
        var again = search.start
        again.repeats += 1
        guard record.stop == nil, again.repeats < plan.limits.attempts, again.runsOut > now + Self.expiryMargin
        else { return watch(at: now) }
        // The same authorization: it is good for one copy, so at most one of the two can work.
        return self.start(again, at: now)
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
                return clean(showing: source, then: .end(stop.verdict(in: phase, trouble: nil)), at: now)
            }
            return verify(at: now)
        case .failed where copying.isRepeat, .canceled where copying.isRepeat, .skipped where copying.isRepeat:
            return watch(at: now)
        case .failed:
            return clean(showing: nil, then: afterFailedCopy(operation.failure), at: now)
        case .canceled, .skipped:
            let message = "Azure ended the copy as \(operation.status.text)."
            let verdict = Verdict.failed(.copyFailed, message, azure: operation.failure?.azure)
            return clean(showing: nil, then: .end(record.verdict(verdict, in: phase)), at: now)
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
        failedCopy = verdict
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
        case .refused where failure.code == .foreignOperationLocation:
            abandonedAt = now
            return clean(showing: source, then: .end(record.verdict(Verdict(failure), in: phase)), at: now)
        case .refused:
            // The copy may be running all the same.
            return watch(orElse: Verdict(failure), at: now)
        }
    }
}
