/// A copy that was accepted with 202.
struct DocumentOperation: Sendable {
    let id: String
    /// The source's resource.
    let resource: Int
    let sourceID: String
    let kind: DocumentKind
    let version: DocumentIntelligenceVersion
    let number: CopyNumber
    /// Where the caller said that it copies to.
    let location: String
    let acceptedAt: Moment
    let runsAt: Moment
    let endsAt: Moment
    var fate: Fate

    enum Fate: Sendable {
        /// It will fill this id, if the authorization still holds it.
        case fills(Filling)
        case filled(DocumentAsset)
        case fails(Reason)
        case canceled
        case skipped
    }

    struct Filling: Sendable {
        let resource: Int
        let id: String
        let authorization: Int
        let content: DocumentAsset.Content
    }

    enum Reason: Sendable {
        /// The authorization was used up before, or its id is no longer held.
        case noMetadata
        /// Nobody knows (azure-copy-apis.md 3.2).
        case internalError
        /// The source is encrypted and the copy was not allowed to degrade (azure-copy-apis.md 3.3).
        case dataProtection
    }

    enum Status: String, Sendable {
        case notStarted, running, succeeded, failed, canceled, skipped

        var isEnd: Bool {
            switch self {
            case .notStarted, .running: false
            case .succeeded, .failed, .canceled, .skipped: true
            }
        }
    }

    /// Operations are kept for 24 hours (azure-copy-apis.md 2.3).
    func isGone(at now: Moment) -> Bool {
        now >= acceptedAt.after(seconds: 86_400)
    }

    func status(at now: Moment) -> Status {
        guard now >= endsAt else { return now >= runsAt ? .running : .notStarted }
        switch fate {
        case .fills: return .running
        case .filled: return .succeeded
        case .fails: return .failed
        case .canceled: return .canceled
        case .skipped: return .skipped
        }
    }
}
