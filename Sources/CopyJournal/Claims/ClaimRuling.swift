/// What a store does about a claim of a request that it knows.
package enum ClaimRuling: Equatable, Sendable {
    /// Raise the epoch and make the claimant the owner. `ownerDied`: the owner before went silent while it held the
    /// request.
    case grant(ownerDied: Bool)
    case mine
    case runningElsewhere(OwnerID)
    case ended
    case otherContent
    case otherFormat(Int)
}

/// What a store knows about a request when somebody claims it: the one rule of claims, for every store.
package struct Tenure: Equatable, Sendable {
    package let hasSameContent: Bool
    package let hasEnded: Bool
    /// The format of the stored checkpoint.
    package let format: Int
    package let owner: OwnerID?
    /// The owner's last sign of life; `nil` if it is not registered.
    package let ownerSeen: SignOfLife?

    package init(hasSameContent: Bool, hasEnded: Bool, format: Int, owner: OwnerID?, ownerSeen: SignOfLife?) {
        self.hasSameContent = hasSameContent
        self.hasEnded = hasEnded
        self.format = format
        self.owner = owner
        self.ownerSeen = ownerSeen
    }

    package func ruling(for claimant: OwnerID, at now: SignOfLife, staleAfter limit: Duration) -> ClaimRuling {
        guard hasSameContent else { return .otherContent }
        if hasEnded { return .ended }
        if owner == claimant { return .mine }
        if let owner, let ownerSeen, ownerSeen.isFresh(at: now, limit: limit) { return .runningElsewhere(owner) }
        guard Checkpoint.readableFormats.contains(format) else { return .otherFormat(format) }
        return .grant(ownerDied: owner != nil)
    }
}
