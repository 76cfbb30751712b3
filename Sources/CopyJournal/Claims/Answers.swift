package import CopyDomain

package enum Held: Equatable, Sendable {
    case held
    /// The lease is over: stop, send nothing, publish nothing.
    case fenced
}

package enum Finish: Equatable, Sendable {
    /// These bytes are the outcome; publish exactly them.
    case ended(StoredOutcome)
    case fenced
}

/// What asking for a request's end came to.
package enum Cancellation: Equatable, Sendable {
    /// Whoever runs the request, or claims it next, is told.
    case noted
    /// Too late: this is how it ended.
    case ended(StoredOutcome, published: Bool)
}

package enum Reservation: Equatable, Sendable {
    case granted
    case taken(by: RequestID)
    case fenced
}
