extension FormRecognizerMachine {
    /// Where a run stands, with everything a successor needs to go on from there. A conviction ends it in every state.
    enum State: Codable, Hashable, Sendable {
        /// Nothing was ever sent.
        ///
        /// Can transition to: inspecting; ended (stopped).
        case requested
        /// Source and target are looked at before anything is changed.
        ///
        /// Can transition to: inspecting (the next question), authorizing; ended (a problem, a check's end, stopped).
        case inspecting(Question)
        /// No authorization is open; one is to be asked for after a pause.
        ///
        /// Can transition to: authorizing; ended (stopped).
        case authorizable
        /// Intent: copyAuthorization may be under way.
        ///
        /// Can transition to: starting (answered), authorizable (proven not done), tracing (lost), ended (refused,
        /// stopped unsent).
        case authorizing(since: Timestamp)
        /// The answer to an authorization was lost; the target's models are listed to name the suspects.
        ///
        /// Can transition to: authorizable; ended (stopped, lost too often).
        case tracing(authorizationSince: Timestamp)
        /// There is an unused authorization; the copy was proven not started and is to be sent after a pause.
        ///
        /// Can transition to: starting; cleaning (expired, stopped).
        case authorized(FormRecognizerGrant)
        /// Intent: the copy may be under way.
        ///
        /// Can transition to: copying (answered), authorized (proven not done), watching (lost), cleaning (refused,
        /// stopped unsent).
        case starting(FormRecognizerGrant, since: Timestamp)
        /// Azure copies and is asked for the result once a second.
        ///
        /// Can transition to: verifying (succeeded), watching (operation unknown, poll refused), cleaning (failed, stopped);
        /// ended (the grace is over).
        case copying(Copying)
        /// Nobody knows whether Azure copies; the target tells.
        ///
        /// Can transition to: checking (ready), authorizable (vanished), cleaning (invalid, not built in time, refused,
        /// stopped); ended (the grace is over).
        case watching(Watch)
        /// Azure says that the copy succeeded; the target has to be seen ready.
        ///
        /// Can transition to: checking (ready), cleaning (invalid, not seen ready in time, refused, cancelled); ended
        /// (the grace is over).
        case verifying(Verification)
        /// The target is ready; targets given up before have to be seen gone, one after the other.
        ///
        /// Can transition to: cleaning (one is there again, refused, cancelled), ended.
        case checking(Check)
        /// A target is being deleted (an intent of its own, see ``Removal``).
        ///
        /// Can transition to: authorizable, checking, cleaning (another target), ended.
        case cleaning(Cleaning)
        /// The run is over; every further event is answered with the same conclusion.
        ///
        /// Can transition to: nothing.
        case ended(Conclusion)
    }

    enum Question: String, Codable, Hashable, Sendable {
        /// Is the source there and ready?
        case source
        /// Has the target room for one more?
        case room
    }

    struct Copying: Codable, Hashable, Sendable {
        let modelID: String
        let operationLocation: String
        let startedAt: Timestamp
    }

    struct Watch: Codable, Hashable, Sendable {
        let modelID: String
        /// A target that is still being built then is given up.
        let until: Timestamp
        /// What the run ends with then; `nil`: with another attempt.
        var failing: Verdict?
    }

    struct Verification: Codable, Hashable, Sendable {
        let modelID: String
        /// Counted from the first answer, so that an outage of the target costs nothing; `nil` before it.
        let until: Timestamp?
    }

    /// A finished target.
    struct Kept: Codable, Hashable, Sendable {
        let modelID: String
        let name: String?
        let verified: [String]
    }

    struct Check: Codable, Hashable, Sendable {
        let kept: Kept
        /// Not seen gone yet; never empty.
        let open: [String]
    }

    struct Cleaning: Codable, Hashable, Sendable {
        var removal: Removal
        let next: AfterCleaning
    }

    /// What follows when a target is gone.
    enum AfterCleaning: Codable, Hashable, Sendable {
        /// A new authorization; if the target would not go, the run fails like this instead.
        case authorize(orElse: Verdict)
        /// Back to seeing the given-up targets gone.
        case check(Check)
        case end(Verdict)
    }
}
