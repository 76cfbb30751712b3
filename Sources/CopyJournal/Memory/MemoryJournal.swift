package import CopyDomain
import Synchronization

/// A journal that lives as long as this value: the reference for every store, and the journal of tests and of the
/// simulator. Several owners of one process may share it.
package final class MemoryJournal: Journal {
    private let state: Mutex<MemoryState>
    private let wallClock: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - staleAfter: How old an owner's last sign of life may be before others may claim what it holds.
    ///   - id: what its identity says.
    ///   - uptime: The clock on which owners live.
    ///   - wallClock: The journal's own clock.
    package init(
        id: String = "memory",
        staleAfter: Duration = .seconds(10),
        uptime: @escaping @Sendable () -> Duration,
        wallClock: @escaping @Sendable () -> Timestamp
    ) {
        state = Mutex(MemoryState(id: id, staleAfter: staleAfter, uptime: uptime))
        self.wallClock = wallClock
    }

    package func claim(
        _ id: RequestID,
        content: [UInt8],
        plan: CopyPlan,
        owner: OwnerID
    ) throws(JournalError) -> Claim {
        let now = wallClock()
        return state.withLock { $0.claim(id, content: content, plan: plan, owner: owner, at: now) }
    }

    package func save(_ checkpoint: Checkpoint, for lease: Lease) throws(JournalError) -> Held {
        let now = wallClock()
        return state.withLock { $0.save(checkpoint, for: lease, at: now) }
    }

    package func finish(
        _ outcome: StoredOutcome,
        checkpoint: Checkpoint,
        for lease: Lease
    ) throws(JournalError) -> Finish {
        let now = wallClock()
        return state.withLock { $0.finish(outcome, checkpoint: checkpoint, for: lease, at: now) }
    }

    package func cancel(_ id: RequestID) throws(JournalError) -> Cancellation {
        let now = wallClock()
        return state.withLock { $0.cancel(id, at: now) }
    }

    package func published(_ id: RequestID, run: Int) throws(JournalError) {
        state.withLock { $0.published(id, run: run) }
    }

    package func learned(_ fact: LearnedFact, for lease: Lease) throws(JournalError) {
        let now = wallClock()
        state.withLock { $0.learned(fact, for: lease, at: now) }
    }

    package func reserve(_ name: String, for lease: Lease) throws(JournalError) -> Reservation {
        let now = wallClock()
        return state.withLock { $0.reserve(name, for: lease, at: now) }
    }

    package func release(_ leases: [Lease]) throws(JournalError) {
        let now = wallClock()
        state.withLock { $0.release(leases, at: now) }
    }

    package func beat(_ owner: OwnerID) throws(JournalError) -> [RequestID] {
        let now = wallClock()
        return state.withLock { $0.beat(owner, at: now) }
    }

    package func retire(_ owner: OwnerID) throws(JournalError) {
        let now = wallClock()
        state.withLock { $0.retire(owner, at: now) }
    }

    package func confine(_ lease: Lease) throws(JournalError) -> Held {
        let now = wallClock()
        return state.withLock { $0.confine(lease, at: now) }
    }

    package func acquit(_ lease: Lease) throws(JournalError) -> Held {
        let now = wallClock()
        return state.withLock { $0.acquit(lease, at: now) }
    }

    package func examine(_ fingerprint: String, owner: OwnerID) throws(JournalError) -> Examination {
        let now = wallClock()
        return state.withLock { $0.examine(fingerprint, owner: owner, at: now) }
    }

    package func examined(_ fingerprint: String) throws(JournalError) {
        state.withLock { $0.examined(fingerprint) }
    }

    package func sighted(_ id: RequestID) throws(JournalError) {
        let now = wallClock()
        state.withLock { $0.requests[id]?.sightedAt = now }
    }

    package func takeStranded(for period: Duration, limit: Int) throws(JournalError) -> [StrandedRequest] {
        let now = wallClock()
        return state.withLock { $0.takeStranded(for: period, limit: limit, at: now) }
    }

    package func find(_ id: RequestID) throws(JournalError) -> JournalEntry? {
        state.withLock { $0.find(id) }
    }

    package func list(after id: RequestID?, limit: Int) throws(JournalError) -> [JournalEntry] {
        state.withLock { $0.list(after: id, limit: limit) }
    }

    package func obligations() throws(JournalError) -> [RecordedObligation] {
        state.withLock { $0.openObligations }
    }

    package func unreadableObligations() throws(JournalError) -> [UnreadableObligation] {
        state.withLock { $0.unreadableObligations }
    }

    /// Does to an obligation's record what a broken disk or a careless hand does in a store.
    package func damage(obligation number: Int64) {
        state.withLock { _ = $0.damaged.insert(number) }
    }

    @discardableResult
    package func record(_ finding: ObligationFinding, of number: Int64) throws(JournalError) -> Bool {
        state.withLock { $0.record(finding, of: number) }
    }

    package func tend(_ owner: OwnerID) throws(JournalError) -> Bool {
        let now = wallClock()
        return state.withLock { $0.tend(owner, at: now) }
    }

    package func identity() throws(JournalError) -> JournalIdentity {
        state.withLock(\.identity)
    }

    package func advance(beyond other: Int64?) throws(JournalError) -> JournalIdentity {
        state.withLock { $0.advance(beyond: other) }
    }

    package func prune(endedBefore moment: Timestamp) throws(JournalError) -> Int {
        state.withLock { $0.prune(endedBefore: moment) }
    }

    /// Makes the stored checkpoint look as if a version of this software with another format had written it.
    package func restamp(_ id: RequestID, format: Int) {
        state.withLock { $0.requests[id]?.format = format }
    }
}
