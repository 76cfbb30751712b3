/// A copy that was accepted with 202.
struct CopyOperation: Sendable {
    /// The source's resource.
    let resource: Int
    let sourceID: String
    let version: FormRecognizerVersion
    let number: CopyNumber
    /// The model that the caller said it copies into.
    let statedTarget: String
    let acceptedAt: Moment
    /// When a copy on its way to failure is first seen `running`.
    let runsAt: Moment
    let endsAt: Moment
    var fate: Fate

    enum Fate: Sendable {
        /// It will fill this model of this resource, if the model is still there.
        case fills(resource: Int, model: String, content: FormRecognizerModel.Content)
        case filled
        case fails(Reason)
    }

    enum Reason: Sendable {
        /// The authorization was used up, or nobody knows why (azure-copy-apis.md 3.1).
        case noMetadata
        /// No such resource in that region.
        case noResource(armId: String, region: String)
    }

    enum Status: String, Sendable {
        case notStarted, running, succeeded, failed
    }

    /// Successes go straight from notStarted to succeeded (azure-copy-apis.md 5).
    func status(at now: Moment) -> Status {
        switch fate {
        case .fills: .notStarted
        case .filled: .succeeded
        case .fails: now >= endsAt ? .failed : now >= runsAt ? .running : .notStarted
        }
    }
}
