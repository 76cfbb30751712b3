package enum Claim: Equatable, Sendable {
    /// The request is this process's now.
    case granted(Grant)
    /// This process owns it already: its run adopts the delivery. A process without such a run (it was told of its
    /// claim's failure while the store granted it) releases the lease and claims again.
    case mine(Lease)
    /// Another process owns it and lives.
    case runningElsewhere(OwnerID)
    case ended(StoredOutcome, published: Bool)
    /// The id is known with other content.
    case otherContent
    /// The checkpoint was written by another version of this software, in a format that this one cannot read.
    case otherFormat(Int)
}
