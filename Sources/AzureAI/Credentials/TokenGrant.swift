import CopyDomain

/// What a token endpoint gave.
struct TokenGrant: Hashable, Sendable {
    let token: Secret
    /// From the moment of asking.
    let lifetime: Duration
    /// When the endpoint wants to be asked again, if it said so.
    let refreshIn: Duration?
}

/// Why a token endpoint gave nothing.
struct TokenFailure: Error, Hashable, Sendable {
    enum Verdict: Hashable, Sendable {
        /// The endpoint says no, and will again until a person changes something.
        case refused(FailureCode)
        /// Worth another try, after the pause that was asked for, if any.
        case transient(FailureCode, retryAfter: Duration?)
    }

    let verdict: Verdict
    /// Without secrets.
    let message: String
}
