/// What a process gets with a request that it may run.
package struct Grant: Equatable, Sendable {
    package let lease: Lease
    package let checkpoint: Checkpoint
    /// Nothing was ever sent for it, so its machine is told `.begun`.
    package let isNew: Bool
    /// Somebody asked for its end before: its machine is told `.cancelRequested` next.
    package let isCancelRequested: Bool
    package let deaths: OwnerDeaths

    package init(
        lease: Lease,
        checkpoint: Checkpoint,
        isNew: Bool,
        isCancelRequested: Bool = false,
        deaths: OwnerDeaths = OwnerDeaths()
    ) {
        self.lease = lease
        self.checkpoint = checkpoint
        self.isNew = isNew
        self.isCancelRequested = isCancelRequested
        self.deaths = deaths
    }
}

/// How many owners went silent while they held a request: a request that brings its workers down shows here.
///
/// A lost connection, a drain and a hand-back are no deaths; a process that was killed, or frozen beyond the journal's
/// limit, is one.
package struct OwnerDeaths: Equatable, Sendable {
    /// Since it was last acquitted.
    package var recent: Int
    /// Since it was accepted.
    package var total: Int
    /// Those of the recent ones that held the request in confinement: nothing else ran there.
    package var alone: Int

    package init(recent: Int = 0, total: Int = 0, alone: Int = 0) {
        self.recent = recent
        self.total = total
        self.alone = alone
    }

    /// After one more.
    package func oneMore(alone wasAlone: Bool) -> OwnerDeaths {
        OwnerDeaths(recent: recent + 1, total: total + 1, alone: alone + (wasAlone ? 1 : 0))
    }
}
