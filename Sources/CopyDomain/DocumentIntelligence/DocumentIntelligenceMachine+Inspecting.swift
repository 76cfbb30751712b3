/// From the request to the knowledge that a copy can be begun.
extension DocumentIntelligenceMachine {
    /// A copy takes its target's id first, so that what is seen under it stays so; a check stands in nobody's way.
    mutating func begin() -> Action {
        plan.request.isCheck ? inspect(.source) : reserve()
    }

    mutating func reserve() -> Action {
        state = .reserving
        // Whether Azure minds the letter case of an id is not known: to be safe it is taken not to.
        let id = targetID.lowercased()
        return .reserve("\(plan.request.kind.rawValue)\(plan.target.identity)/\(id)")
    }

    mutating func inspect(_ question: Question) -> Action {
        state = .inspecting(question)
        switch question {
        case .source: return .ask(.getSource)
        case .room: return .ask(.getTargetInfo)
        case .target: return .ask(.getTarget)
        }
    }

    mutating func inspected(source item: DocumentIntelligenceItem?, at now: Timestamp) -> Action {
        guard let item else {
            let version = plan.request.apiVersion.rawValue
            return object(
                CopyProblem(
                    .sourceNotFound,
                    "The source resource shows no \(noun) of the given id that is ready for API version \(version)."
                ),
                next: .target
            )
        }
        source = Likeness(item)
        preflight.note("source \(noun) is ready")
        if let expires = item.expires, expires <= now + Self.expiryNotice {
            record.warn("The copy will expire soon: Azure deletes it on the same day as its source.")
        }
        return inspect(.target)
    }

    mutating func inspected(target item: DocumentIntelligenceItem?, at now: Timestamp) -> Action {
        guard let item else {
            preflight.note("target id is free")
            switch plan.request.kind {
            case .documentModel, .visionProject: return inspect(.room)
            // The service counts models only (azure-copy-apis.md 2.4).
            case .documentClassifier: return inspectionEnded(at: now)
            }
        }
        switch plan.request.onConflict {
        case .fail:
            return object(taken, next: nil)
        case .skip:
            preflight.note("target id is taken and will be left as it is")
            return plan.request.isCheck ? endCheck() : skip(item)
        case .replace:
            preflight.note("target id is taken and will be replaced")
            return plan.request.isCheck ? endCheck() : replace(at: now)
        }
    }

    mutating func inspected(room: ResourceRoom, at now: Timestamp) -> Action {
        if let problem = room.problem { return object(problem, next: nil) }
        preflight.note("target has \(room.text)")
        return inspectionEnded(at: now)
    }

    mutating func inspectionFailed(_ failure: CallFailure, _ question: Question, at now: Timestamp) -> Action {
        switch (question, failure.fate) {
        case (.source, .notDone), (.source, .unknown), (.target, .notDone), (.target, .unknown):
            return .wait(record.pause(after: failure, at: now))
        case (.room, _):
            if let pause = record.pauseForExtra(after: failure, at: now) { return .wait(pause) }
            warnOfUnknownRoom(failure)
            return inspectionEnded(at: now)
        case (.source, .refused):
            return object(CopyProblem(failure), next: .target)
        case (.target, .refused):
            return object(CopyProblem(failure), next: nil)
        }
    }

    private mutating func inspectionEnded(at now: Timestamp) -> Action {
        plan.request.isCheck ? endCheck() : authorize(at: now)
    }

    var noun: String {
        switch plan.request.kind {
        case .documentModel, .visionProject: "model"
        case .documentClassifier: "classifier"
        }
    }

    // MARK: A taken id

    var taken: CopyProblem {
        CopyProblem(.targetIDTaken, "The target resource has a \(noun) \(targetID) already.")
    }

    /// What is there is left as it is.
    mutating func skip(_ item: DocumentIntelligenceItem) -> Action {
        end(
            .succeeded(
                CopySuccess(
                    targetID: targetID,
                    targetName: nil,
                    expires: item.expires,
                    alreadyThere: true,
                    verified: ["target \(noun) is there"],
                    warnings: record.warnings,
                    attempts: 0
                )
            )
        )
    }

    mutating func replace(at now: Timestamp) -> Action {
        goOn(replacing: Removal(of: targetID, until: now + plan.limits.grace), at: now)
    }

    mutating func goOn(replacing removal: Removal, at now: Timestamp) -> Action {
        var removal = removal
        if removal.isDeleting { deleteWasLost() }
        return carryOn(removal.proceed(at: now), replacing: removal, at: now)
    }

    mutating func looked(
        _ item: DocumentIntelligenceItem?,
        replacing removal: Removal,
        serviceDate: Timestamp?,
        at now: Timestamp
    ) -> Action {
        var removal = removal
        record.targetDeleted = item == nil
        // It is not deleted again for a run that is to end, but may yet be by what was lost.
        if let stop = record.stop, item != nil {
            let wait = waitForLostDelete(serviceDate: serviceDate, at: now)
            return wait.map { .wait($0) } ?? end(stop.verdict(in: phase, trouble: nil))
        }
        let move = removal.looked(isThere: item != nil, backoff: &record.backoff, at: now)
        return carryOn(settled(move, serviceDate: serviceDate, at: now), replacing: removal, at: now)
    }

    mutating func deleted(replacing removal: Removal, at now: Timestamp) -> Action {
        var removal = removal
        record.targetDeleted = true
        return carryOn(removal.deleted(), replacing: removal, at: now)
    }

    mutating func replacingFailed(_ failure: CallFailure, _ removal: Removal, at now: Timestamp) -> Action {
        var removal = removal
        if removal.isDeleting, failure.fate == .unknown { deleteWasLost() }
        let move = removal.failed(failure, backoff: &record.backoff, at: now)
        return carryOn(move, replacing: removal, at: now)
    }

    mutating func carryOn(_ move: Removal.Move, replacing removal: Removal, at now: Timestamp) -> Action {
        state = .replacing(removal)
        switch move {
        case .delete:
            lostDelete?.isFollowed = true
            return .perform(.deleteTarget)
        case .look: return .ask(.getTarget)
        case .wait(let wait): return .wait(wait)
        case .gone:
            record.backoff.reset()
            if let stop = record.stop { return end(stop.verdict(in: phase, trouble: nil)) }
            return authorize(at: now)
        case .stuck(let failure):
            let verdict =
                failure.map { Verdict($0) }
                ?? .failed(.targetIDTaken, "The \(noun) that was to be replaced would not go.", azure: nil)
            return end(record.verdict(verdict, in: phase))
        }
    }
}
