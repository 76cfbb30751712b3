/// From the request to the knowledge that a copy can be begun.
extension DocumentIntelligenceMachine {
    /// A copy takes its target's id first, so that what is seen under it stays so; a check stands in nobody's way.
    mutating func begin() -> Action {
        switch plan.request.purpose {
        case .copy: reserve()
        case .check: inspect(.source)
        }
    }

    mutating func reserve() -> Action {
        state = .reserving
        // Whether Azure minds the letter case of an id is not known: to be safe it is taken not to.
        let id = targetID.lowercased()
        return .reserve("\(plan.request.kind.rawValue)/\(plan.target.name.rawValue)/\(id)")
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
        source = Source(documentTypes: item.documentTypes, expires: item.expires)
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
            return isCheck ? inspectionEnded(at: now) : skip(item)
        case .replace:
            preflight.note("target id is taken and will be replaced")
            return isCheck ? inspectionEnded(at: now) : replace(at: now)
        }
    }

    mutating func inspected(room: ResourceRoom, at now: Timestamp) -> Action {
        let held = "\(room.count) of \(room.limit) models"
        guard !room.isFull else {
            return object(CopyProblem(.targetLimitReached, "The target resource has \(held) already."), next: nil)
        }
        preflight.note("target has \(held)")
        return inspectionEnded(at: now)
    }

    mutating func inspectionFailed(_ failure: CallFailure, _ question: Question, at now: Timestamp) -> Action {
        switch (failure.fate, question) {
        case (.notDone, _), (.unknown, _):
            return .wait(record.pause(after: failure, at: now))
        case (.refused, .room):
            // Whether there is room is worth knowing, not worth failing for: the service checks it itself.
            record.warn("Whether the target has room could not be found out. \(failure.message)")
            return inspectionEnded(at: now)
        case (.refused, .source):
            return object(CopyProblem(failure), next: .target)
        case (.refused, .target):
            return object(CopyProblem(failure), next: nil)
        }
    }

    /// A problem ends a copy; a check goes on to the next question.
    private mutating func object(_ problem: CopyProblem, next: Question?) -> Action {
        guard isCheck else { return end(record.verdict(Verdict(problem), in: phase)) }
        preflight.note(problem)
        if let next { return inspect(next) }
        return end(.checked(preflight.report(warnings: record.warnings)))
    }

    private mutating func inspectionEnded(at now: Timestamp) -> Action {
        isCheck ? end(.checked(preflight.report(warnings: record.warnings))) : authorize(at: now)
    }

    private var isCheck: Bool {
        switch plan.request.purpose {
        case .copy: false
        case .check: true
        }
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
                    attempts: record.attempts
                )
            )
        )
    }

    mutating func replace(at now: Timestamp) -> Action {
        var removal = Removal(of: targetID, until: now + plan.limits.grace)
        return carryOn(removal.proceed(at: now), replacing: removal, at: now)
    }

    mutating func looked(_ item: DocumentIntelligenceItem?, replacing removal: Removal, at now: Timestamp) -> Action {
        var removal = removal
        let move = removal.looked(isThere: item != nil, backoff: &record.backoff, at: now)
        return carryOn(move, replacing: removal, at: now)
    }

    mutating func deleted(replacing removal: Removal, at now: Timestamp) -> Action {
        var removal = removal
        return carryOn(removal.deleted(), replacing: removal, at: now)
    }

    mutating func replacingFailed(_ failure: CallFailure, _ removal: Removal, at now: Timestamp) -> Action {
        var removal = removal
        let move = removal.failed(failure, backoff: &record.backoff, at: now)
        return carryOn(move, replacing: removal, at: now)
    }

    mutating func carryOn(_ move: Removal.Move, replacing removal: Removal, at now: Timestamp) -> Action {
        state = .replacing(removal)
        switch move {
        case .delete: return .perform(.deleteTarget)
        case .look: return .ask(.getTarget)
        case .wait(let wait): return .wait(wait)
        case .gone:
            record.backoff.reset()
            record.targetDeleted = true
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
