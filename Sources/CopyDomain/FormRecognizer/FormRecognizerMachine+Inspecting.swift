/// From the request to the knowledge that a copy can be begun.
extension FormRecognizerMachine {
    mutating func inspect(_ question: Question) -> Action {
        state = .inspecting(question)
        switch question {
        case .source: return .ask(.getSourceModel)
        case .room: return .ask(.getTargetSummary)
        }
    }

    mutating func inspected(source model: FormRecognizerModel?) -> Action {
        switch model?.status {
        case nil:
            return object(
                CopyProblem(.sourceNotFound, "The source resource has no model of the given id."),
                next: .room
            )
        case .creating:
            return object(CopyProblem(.sourceNotReady, "The source model is still being built."), next: .room)
        case .invalid:
            return object(CopyProblem(.sourceNotReady, "The source model is invalid: it was not built."), next: .room)
        case .ready:
            preflight.note("source model is ready")
            return inspect(.room)
        case .unknown:
            preflight.note("source model is there")
            return inspect(.room)
        }
    }

    mutating func inspected(room: ResourceRoom, serviceDate: Timestamp?, at now: Timestamp) -> Action {
        targetSeenAt = serviceDate
        if let problem = room.problem { return object(problem, next: nil) }
        preflight.note("target has \(room.text)")
        return inspectionEnded(at: now)
    }

    mutating func inspectionFailed(_ failure: CallFailure, _ question: Question, at now: Timestamp) -> Action {
        switch (question, failure.fate) {
        case (.source, .refused):
            return object(CopyProblem(failure), next: .room)
        case (.source, .notDone), (.source, .unknown):
            return .wait(record.pause(after: failure, at: now))
        case (.room, _):
            if let pause = record.pauseForExtra(after: failure, at: now) { return .wait(pause) }
            warnOfUnknownRoom(failure)
            return inspectionEnded(at: now)
        }
    }

    private mutating func inspectionEnded(at now: Timestamp) -> Action {
        plan.request.isCheck ? endCheck() : authorize(at: now)
    }
}
