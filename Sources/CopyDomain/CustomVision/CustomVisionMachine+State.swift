extension CustomVisionMachine {
    /// Where a run stands, with everything a successor needs to go on from there.
    enum State: Codable, Hashable, Sendable {
        /// Nothing was ever sent.
        ///
        /// Can transition to: inspecting; ended (stopped).
        case requested
        /// The source is looked up by its id, or in the project list by its name.
        ///
        /// Can transition to: reserving; ended (not there, ambiguous, not ready, refused, stopped).
        case inspecting
        /// The source project is taken for this run's export, because there is one export blob per project.
        ///
        /// Can transition to: exporting; ended (stopped).
        case reserving(Source)
        /// The export is asked for; asking again changes nothing.
        ///
        /// Can transition to: importing; sweeping or ended (refused, stopped).
        case exporting(Source)
        /// There is an import token, and no import under the name was begun; it is to be sent after a pause.
        ///
        /// Can transition to: importing, exporting (token expired); sweeping or ended (stopped).
        case exported(Offer)
        /// Intent: the import may be under way.
        ///
        /// Can transition to: copying (answered), exported (proven not done), searching (lost); sweeping or ended
        /// (refused, stopped unsent).
        case importing(Offer, since: Timestamp)
        /// The answer to an import was lost; the target's projects are searched for its name.
        ///
        /// Can transition to: copying (found), importing or exporting (not seen in time); sweeping (out of attempts,
        /// refused, stopped); ended (the grace is over).
        case searching(Search)
        /// Azure imports, and is asked for the project once a second.
        ///
        /// Can transition to: renaming or sweeping (succeeded), cleaning (failed, stuck, refused, stopped); sweeping
        /// or ended (vanished, the grace is over).
        case copying(Copying)
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
        /// Can transition to: exporting, sweeping, ended.
        case cleaning(Cleaning)
        /// The run is over; every further event is answered with the same conclusion.
        ///
        /// Can transition to: nothing.
        case ended(Conclusion)
    }

    struct Source: Codable, Hashable, Sendable {
        let id: String
        let name: String
    }

    /// An import that can be sent, or was.
    struct Offer: Codable, Hashable, Sendable {
        let source: Source
        let export: CustomVisionExport
        /// Only this request and attempt use it.
        let workName: String
    }

    struct Search: Codable, Hashable, Sendable {
        let offer: Offer
        /// A project that was not seen by then is taken for never made.
        let until: Timestamp
    }

    struct Copying: Codable, Hashable, Sendable {
        let source: Source
        let id: String
        let workName: String
        let since: Timestamp
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
