extension DocumentIntelligenceMachine {
    /// Where a run stands, with everything a successor needs to go on from there. A conviction ends it in every state.
    enum State: Codable, Hashable, Sendable {
        /// Nothing was ever sent.
        ///
        /// Can transition to: reserving, inspecting (a check); ended (stopped).
        case requested
        /// The target's id is taken for this run among all requests.
        ///
        /// Can transition to: inspecting; ended (stopped).
        case reserving
        /// Source and target are looked at before anything is changed.
        ///
        /// Can transition to: inspecting (the next question), replacing, authorizing; ended (a problem, skip, a
        /// check's end, stopped).
        case inspecting(Question)
        /// What bears the target's id is being deleted, as the request told (an intent of its own, see ``Removal``).
        ///
        /// Can transition to: authorizing; ended (would not go, stopped).
        case replacing(Removal)
        /// An authorization is to be asked for after a pause; whether one is open already is remembered apart.
        ///
        /// Can transition to: authorizing; ended (stopped).
        case authorizable
        /// Intent: authorizeCopy may be under way.
        ///
        /// Can transition to: starting (answered), authorizable (proven not done, or lost: Azure refuses the second of
        /// two), conflicting (the id is taken), ended (refused, stopped unsent).
        case authorizing(since: Timestamp)
        /// Azure says that the id is taken; what is visible under it tells by whom.
        ///
        /// Can transition to: cleaning (our own reservation), replacing, authorizable (what was deleted is not gone
        /// yet); ended (another's).
        case conflicting
        /// There is an unused authorization; the copy was proven not started and is to be sent after a pause.
        ///
        /// Can transition to: starting; cleaning (expired, stopped), watching (the same after a repeat).
        case authorized(Start)
        /// Intent: the copy may be under way.
        ///
        /// Can transition to: copying (answered), authorized (proven not done), locating (lost), watching (a repeat was
        /// refused or stopped), cleaning (refused, stopped unsent).
        case starting(Start, since: Timestamp)
        /// The answer to copyTo was lost; the source's operations are searched for it.
        ///
        /// Can transition to: copying (found), starting (not found: the same authorization once more), watching (it ran
        /// out); ended (the grace is over).
        case locating(Search)
        /// Azure copies and is asked for the operation once a second.
        ///
        /// Can transition to: verifying (succeeded), watching (operation unknown, poll refused, or a repeat that ended),
        /// cleaning (failed, stopped); ended (the grace is over).
        case copying(Copying)
        /// Nobody knows whether Azure copies; the target tells.
        ///
        /// Can transition to: ended (it is there); cleaning (not built in time, incomplete, refused, stopped).
        case watching(Watch)
        /// Azure says that the copy succeeded; the target has to be seen, whole.
        ///
        /// Can transition to: ended; cleaning (not seen in time, incomplete, refused, cancelled).
        case verifying(Watch)
        /// The target, or its reservation, is being deleted (an intent of its own, see ``Removal``).
        ///
        /// Can transition to: authorizable; authorizing (a reservation of its own); ended.
        case cleaning(Cleaning)
        /// The run is over; every further event is answered with the same conclusion.
        ///
        /// Can transition to: nothing.
        case ended(Conclusion)
    }

    enum Question: String, Codable, Hashable, Sendable {
        /// Is the source there and ready?
        case source
        /// Is the target's id free?
        case target
        /// Has the target room for one more?
        case room
    }

    /// A copyTo that can be sent, or was.
    struct Start: Codable, Hashable, Sendable {
        let grant: DocumentIntelligenceGrant
        /// When it was authorized, by the service's clock; `nil` in a record of format 2.
        var authorizedAt: Timestamp?
        /// When the authorization runs out, by the clock of the host that got it; `nil` in an older record.
        var runsOutAt: Timestamp?
        /// How often it was sent before with this authorization, without anybody knowing what became of it.
        var repeats = 0

        var runsOut: Timestamp { runsOutAt ?? grant.expires }

        /// No operation of this authorization is older, whatever was done to this host's clock meanwhile.
        var earliestOperation: Timestamp {
            (authorizedAt ?? grant.expires - DocumentIntelligenceMachine.authorizationLife)
                - DocumentIntelligenceMachine.clockSlack
        }
    }

    struct Search: Codable, Hashable, Sendable {
        let start: Start
        /// An operation that was not seen by then, by the service's clock, is taken for never begun; `nil` before the
        /// first list, from which it is counted, so that an outage of the source costs nothing.
        var until: Timestamp?
    }

    struct Copying: Codable, Hashable, Sendable {
        let operationLocation: String
        let startedAt: Timestamp
        /// An earlier copyTo with the same authorization may have arrived, so that this one may fail for it.
        let isRepeat: Bool
    }

    struct Watch: Codable, Hashable, Sendable {
        /// `nil` before the first answer, from which it is counted, so that an outage of the target costs nothing.
        let until: Timestamp?
        /// What the run ends with if the target does not appear; `nil`: with another attempt.
        var failing: Verdict?
    }

    struct Cleaning: Codable, Hashable, Sendable {
        var removal: Removal
        /// What of this run may be seen; `nil`: it is a mere reservation, which is never shown.
        let likeness: Likeness?
        /// The delete was answered. Only that tells that a reservation is gone: it was not shown before either.
        var isDeleted = false
        /// The delete was sent again because nobody knew what had become of it.
        var isRepeated = false
        let next: AfterCleaning
    }

    /// A delete of which nobody knows what became.
    struct LostDelete: Codable, Hashable, Sendable {
        /// Another was sent after it, so that what was seen since does not tell whether it is still to come.
        var isFollowed = false
        /// From then on, by the service's clock, it is taken to have no effect; `nil` before the id was seen free.
        var isOverAt: Timestamp?
    }

    /// What follows when the target is gone.
    enum AfterCleaning: Codable, Hashable, Sendable {
        /// A new authorization; if the target would not go, the run fails like this instead.
        case authorize(orElse: Verdict)
        case end(Verdict)
    }

    /// What a source and its whole copy have in common: the date as well (azure-copy-apis.md 2.4).
    struct Likeness: Codable, Hashable, Sendable {
        let documentTypes: Int
        let expires: Timestamp?

        init(_ item: DocumentIntelligenceItem) {
            documentTypes = item.documentTypes
            expires = item.expires
        }

        /// Whether the item may be meant. Not every version tells a date.
        func fits(_ item: DocumentIntelligenceItem) -> Bool {
            guard item.documentTypes == documentTypes else { return false }
            guard let expires, let other = item.expires else { return true }
            return expires == other
        }
    }
}
