package import CopyDomain

/// What the journal tells people about a request.
package struct JournalEntry: Sendable {
    package let id: RequestID
    package let run: Int
    package let plan: CopyPlan
    /// `.ended` once the run is finished.
    package let phase: Phase
    package let owner: OwnerID?
    package let epoch: Int64
    package let acceptedAt: Timestamp
    package let outcome: StoredOutcome?
    package let published: Bool
    /// Somebody asked for its end, and it has not ended.
    package let isCancelRequested: Bool
    package let deaths: OwnerDeaths
    /// Why no worker of this version can go on with it: its checkpoint is damaged, or of another version's format.
    package let damage: String?

    package init(
        id: RequestID,
        run: Int,
        plan: CopyPlan,
        phase: Phase,
        owner: OwnerID?,
        epoch: Int64,
        acceptedAt: Timestamp,
        outcome: StoredOutcome?,
        published: Bool,
        isCancelRequested: Bool,
        deaths: OwnerDeaths,
        damage: String? = nil
    ) {
        self.id = id
        self.run = run
        self.plan = plan
        self.phase = phase
        self.owner = owner
        self.epoch = epoch
        self.acceptedAt = acceptedAt
        self.outcome = outcome
        self.published = published
        self.isCancelRequested = isCancelRequested
        self.deaths = deaths
        self.damage = damage
    }
}
