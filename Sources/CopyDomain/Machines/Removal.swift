/// Taking one thing of ours out of the target resource: delete it, then look until it is gone.
///
/// DELETE is repeatable, but a lost one is not repeated blindly: looking tells.
struct Removal: Codable, Hashable, Sendable {
    enum Step: Codable, Hashable, Sendable {
        /// The delete is to be sent, at once or after a pause. Can transition to: deleting.
        case due
        /// Intent: the delete may be under way. Can transition to: due (proven not done), looking (done, or lost).
        case deleting(since: Timestamp)
        /// Can transition to: due (still there).
        case looking
    }

    /// What to do next.
    enum Move: Hashable, Sendable {
        case delete, look
        case wait(Wait)
        /// It is gone.
        case gone
        /// It would not go; the failure is Azure's last word, if it said anything.
        case stuck(CallFailure?)
    }

    let id: String
    /// Failures are borne until then; the first try is made whatever the time.
    let until: Timestamp
    private(set) var step: Step = .due

    init(of id: String, until: Timestamp) {
        self.id = id
        self.until = until
    }

    /// The next move when nothing was answered: at the beginning, after a pause, after the death of a process.
    mutating func proceed(at now: Timestamp) -> Move {
        switch step {
        case .due:
            step = .deleting(since: now)
            return .delete
        case .deleting, .looking:
            step = .looking
            return .look
        }
    }

    /// Whether the delete may have been sent, and was not answered.
    var isDeleting: Bool { if case .deleting = step { true } else { false } }

    /// The delete has not been sent after all.
    mutating func withdrawIntent() {
        if case .deleting = step { step = .due }
    }

    /// The delete was answered with "gone".
    mutating func deleted() -> Move {
        step = .looking
        return .look
    }

    mutating func looked(isThere: Bool, backoff: inout Backoff, at now: Timestamp) -> Move {
        guard isThere else { return .gone }
        guard now < until else { return .stuck(nil) }
        step = .due
        return .wait(backoff.pause(atMost: until.since(now)))
    }

    mutating func failed(_ failure: CallFailure, backoff: inout Backoff, at now: Timestamp) -> Move {
        let isDelete = isDeleting
        switch failure.fate {
        case .refused:
            return isDelete && failure.followsSuccess ? deleted() : .stuck(failure)
        case .unknown where isDelete:
            step = .looking
            return .look
        case .unknown, .notDone:
            guard now < until else { return .stuck(failure) }
            if isDelete { step = .due }
            return .wait(backoff.pause(after: failure, atMost: until.since(now)))
        }
    }
}
