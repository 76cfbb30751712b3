extension CustomVisionMachine {
    /// Where a run stands, with everything a successor needs to go on from there. A conviction ends it in every state.
    enum State: Codable, Hashable, Sendable {
        /// Nothing was ever sent.
        ///
        /// Can transition to: inspecting; ended (stopped).
        case requested
        /// Source and target are looked at before anything is changed.
        ///
        /// Can transition to: inspecting (the next question), reserving; ended (a problem, a check's end, stopped).
        case inspecting(Question)
        /// The source project is taken for this run's export, because there is one export blob per project.
        ///
        /// Can transition to: measuring; ended (stopped).
        case reserving(Source)
        /// What the source holds is counted right before its export, to hold the copy against.
        ///
        /// Can transition to: exporting (counted, or it cannot be); sweeping or ended (stopped).
        case measuring(Source)
        /// The export is asked for; asking again changes nothing.
        ///
        /// Can transition to: importing; sweeping or ended (refused, stopped).
        case exporting(Original)
        /// There is an import token, and no import under the name was begun; it is to be sent after a pause.
        ///
        /// Can transition to: importing, measuring (token expired); sweeping or ended (stopped).
        case exported(Offer)
        /// Intent: the import may be under way.
        ///
        /// Can transition to: copying (answered), exported (proven not done), searching (lost); sweeping or ended
        /// (refused, stopped unsent).
        case importing(Offer, since: Timestamp)
        /// The answer to an import was lost; the target's projects are searched for its name.
        ///
        /// Can transition to: copying (found), importing or measuring (not seen in time); sweeping (out of attempts,
        /// refused, stopped); ended (the grace is over).
        case searching(Search)
        /// Azure imports, and is asked for the project once a second.
        ///
        /// Can transition to: verifying (succeeded), renaming or sweeping (succeeded, with nothing to hold it against),
        /// weighing (failed, stuck), cleaning (refused, stopped); sweeping or ended (vanished, the grace is over).
        case copying(Copying)
        /// What a failed import has brought is counted for the outcome, before it is taken away.
        ///
        /// Can transition to: cleaning.
        case weighing(Remains)
        /// What the copy holds is counted and held against its source, which is counted again if they differ, and then
        /// the copy once more for a while, because its counts may lag.
        ///
        /// Can transition to: renaming or sweeping (whole, or nobody can tell), cleaning (incomplete, cancelled); ended
        /// (the grace is over).
        case verifying(Verification)
        /// Projects of lost imports are looked for, so that none is left when the run ends.
        ///
        /// Can transition to: cleaning (one is there, refused, cancelled), renaming, ended.
        case sweeping(Sweep)
        /// The project is known not to be renamed and is to be renamed after a pause.
        ///
        /// Can transition to: renaming; cleaning (cancelled); ended (the grace is over).
        case renamable(Imported)
        /// Intent: the renaming may be under way.
        ///
        /// Can transition to: renamable (proven not done), comparing (lost), cleaning (refused, cancelled), ended.
        case renaming(Imported, since: Timestamp)
        /// The answer to the renaming was lost; the project's name tells.
        ///
        /// Can transition to: renamable (not done), cleaning (refused, cancelled), sweeping (vanished), ended.
        case comparing(Imported)
        /// A project is being deleted (an intent of its own, see ``Removal``).
        ///
        /// Can transition to: measuring, sweeping, ended.
        case cleaning(Cleaning)
        /// The run is over; every further event is answered with the same conclusion.
        ///
        /// Can transition to: nothing.
        case ended(Conclusion)
    }

    enum Question: Codable, Hashable, Sendable {
        /// Is the source there, alone and ready?
        case source
        /// Has the target room for one more, and is its name free? `nil`: a check whose source is no good.
        case target(Source?)
        /// What does the source hold? Asked by a check only.
        case content(Source)
    }

    struct Source: Codable, Hashable, Sendable {
        let id: String
        let name: String
    }

    /// The source as it was right before its export.
    struct Original: Codable, Hashable, Sendable {
        let source: Source
        let content: Content
    }

    enum Content: Codable, Hashable, Sendable {
        case counted(ProjectMeasure)
        case unknown(why: String)

        var measure: ProjectMeasure? {
            switch self {
            case .counted(let measure): measure
            case .unknown: nil
            }
        }
    }

    /// An import that can be sent, or was.
    struct Offer: Codable, Hashable, Sendable {
        let original: Original
        let export: CustomVisionExport
        /// When the token runs out, by the clock of the host that got it; `nil` in an older record.
        let runsOutAt: Timestamp?
        /// Only this request and attempt use it.
        let workName: String

        var runsOut: Timestamp? { runsOutAt ?? export.expires }
    }

    struct Search: Codable, Hashable, Sendable {
        let offer: Offer
        /// A project that was not seen by then is taken for never made.
        let until: Timestamp
    }

    struct Copying: Codable, Hashable, Sendable {
        let original: Original
        let id: String
        let workName: String
        let since: Timestamp
    }

    /// What a failed import left, and how it failed.
    struct Remains: Codable, Hashable, Sendable {
        let copying: Copying
        let code: FailureCode
        let message: String
    }

    struct Verification: Codable, Hashable, Sendable {
        let copying: Copying
        let description: String
        /// What the source held before its export.
        let source: ProjectMeasure
        /// What the copy holds, when it is not what its source held; `nil`: not counted yet, or to be counted again.
        var copy: ProjectMeasure?
        /// From then on what is missing is taken for missing; `nil`: at once.
        var until: Timestamp?
    }

    /// A project that is ready but for its name.
    struct Imported: Codable, Hashable, Sendable {
        let id: String
        let workName: String
        let finalName: String
        let description: String
        let verified: [String]
    }

    enum Sweep: Codable, Hashable, Sendable {
        /// Everything else that bears one of this run's work names goes; then this one is renamed.
        case keeping(Imported)
        /// Everything that bears one of this run's work names goes; then the run ends. Tried until a moment.
        case ending(Verdict, until: Timestamp)

        var isKeeping: Bool {
            switch self {
            case .keeping: true
            case .ending: false
            }
        }
    }

    struct Cleaning: Codable, Hashable, Sendable {
        var removal: Removal
        let next: AfterCleaning
    }

    /// What follows when a project is gone.
    enum AfterCleaning: Codable, Hashable, Sendable {
        /// Another export and import; if the project would not go, the run fails like this instead.
        case export(Source, orElse: Verdict)
        case sweep(Sweep)
        case end(Verdict)
    }
}
