import CopyDomain

/// A message to the workers, and what has to become of it.
struct Submission: Sendable {
    enum Fate: Hashable, Sendable {
        /// The request ends in its one outcome.
        case outcome
        /// The message is parked and rejected.
        case refusal
        /// Several messages of this id say different things: those of the first that was accepted are a request, the
        /// others are refused.
        case either
    }

    let messageID: String
    let at: Duration
    let body: [UInt8]
    let request: RequestID?
    var fate: Fate
}
