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

package enum Reservation: Equatable, Sendable {
    case granted
    case taken(by: RequestID)
    case fenced
}
