package import CopyDomain

/// The port to what survives a worker. All workers of one queue share one journal.
///
/// A write is durable when its call returns. Every call throws ``JournalError`` when the store is away, and then it is
/// not known whether the write happened: the caller asks again with the same arguments, which is harmless. Every call
/// is bounded, and cancelling the caller's task neither loses a write nor does half of it.
package protocol Journal: Sendable {
    /// Takes a request for this process, or says why not. The first claim of an id stores `content` and `plan`; later
    /// claims get the stored plan back inside the checkpoint.
    ///
    /// Granted when nobody owns the request, its owner released it, or the owner's last sign of life is staler than the
    /// journal's limit (10 s by default) by a clock of the journal's own that nobody can set. Signs of life are ``beat(_:)``, every claim that is
    /// granted or `.mine`, and every write that a lease was good for: so nothing is granted to another within the limit
    /// after a save, and a call that is sent within 5 s of its save (`sendBefore`) never meets a successor.
    /// Each grant raises the epoch; the present owner is not granted anew but answered `.mine`.
    func claim(_ id: RequestID, content: [UInt8], plan: CopyPlan, owner: OwnerID) async throws(JournalError) -> Claim

    /// Stores the machine, the obligations and the target ids it names, in one transaction. The save is the epoch
    /// check: `.fenced` means that the lease is over.
    func save(_ checkpoint: Checkpoint, for lease: Lease) async throws(JournalError) -> Held

    /// Ends the run: stores the outcome, frees reservations, gives the request up. The first call decides; the same
    /// lease again gets the stored bytes back, whatever outcome it brings.
    func finish(_ outcome: StoredOutcome, checkpoint: Checkpoint, for lease: Lease) async throws(JournalError) -> Finish

    /// Asks for the request to be cancelled; kept for an id that is not known yet. The same again changes nothing. The
    /// owner hears of it by ``beat(_:)``, the next one by ``claim(_:content:plan:owner:)``; whether the request ends
    /// cancelled is decided by its `finish`.
    func cancel(_ id: RequestID) async throws(JournalError) -> Cancellation

    /// The outcome's publication was confirmed. Nothing happens if that run has not ended or is forgotten.
    func published(_ id: RequestID, run: Int) async throws(JournalError)

    /// Keeps a fact that only this process knows although it may have lost the request meanwhile, e.g. the id of a
    /// model that a late answer named. Append-only; open to a fenced owner; the same fact again changes nothing.
    func learned(_ fact: LearnedFact, for lease: Lease) async throws(JournalError)

    /// Takes a name for a request, exclusively; granted again to the same request. Freed by `finish`.
    func reserve(_ name: String, for lease: Lease) async throws(JournalError) -> Reservation

    /// Gives requests up so that any worker may claim them at once; the leases are over. What another owns by now is
    /// left alone.
    func release(_ leases: [Lease]) async throws(JournalError)

    /// Says that `owner` lives; to be called every 2 s. The first call registers the owner.
    /// - Returns: which of the requests it holds somebody wants cancelled, in the order of their acceptance.
    func beat(_ owner: OwnerID) async throws(JournalError) -> [RequestID]

    /// Forgets the owner and what it was looking at, and releases all it holds.
    func retire(_ owner: OwnerID) async throws(JournalError)

    /// The request is about to run with nothing beside it: if its owner dies now, that counts as a lone death.
    func confine(_ lease: Lease) async throws(JournalError) -> Held

    /// The request ran for a while and did no harm: its recent deaths are forgotten.
    func acquit(_ lease: Lease) async throws(JournalError) -> Held

    /// Asks whether a message, known by a fingerprint of its body, may be looked at; if so, notes that `owner` does.
    func examine(_ fingerprint: String, owner: OwnerID) async throws(JournalError) -> Examination

    /// The owner looked at the message and lived; also forgets a look that was fatal.
    func examined(_ fingerprint: String) async throws(JournalError)

    /// A message of the request has come by, although nobody takes the request now. Nothing happens if the id is not
    /// known.
    func sighted(_ id: RequestID) async throws(JournalError)

    /// Takes requests that nothing brings to their end any more, at most `limit`, left longest first: their outcome is
    /// not known to be published, nobody who was heard of for `period` holds them, and none was granted, released, ended
    /// or ``sighted(_:)`` for so long. Whoever takes one sends it a message.
    ///
    /// Taken again it is only after twice as long as the last time, but no longer than 64 times, unless it is granted
    /// meanwhile. A moment in the future, of a wall clock that was ahead, counts as long ago. Requests that cannot be
    /// read are left alone, and those of a format that only another version reads are left to it.
    func takeStranded(for period: Duration, limit: Int) async throws(JournalError) -> [StrandedRequest]

    /// - Throws: ``JournalError`` with an `otherFormat` if only another version can read the entry.
    func find(_ id: RequestID) async throws(JournalError) -> JournalEntry?

    /// Entries in the order of their acceptance, at most `limit`, after the given id. Nothing comes after an id that
    /// the journal does not know (any more).
    func list(after id: RequestID?, limit: Int) async throws(JournalError) -> [JournalEntry]

    /// Obligations that stand, oldest first, without those that cannot be read.
    ///
    /// Suspects that a run is known to own are left out. A learned fact counts once its run has ended, and not at all
    /// if a machine came to name the same thing as its own: then it answers for it.
    func obligations() async throws(JournalError) -> [RecordedObligation]

    /// The others of those that stand, oldest first: each costs nobody but itself.
    func unreadableObligations() async throws(JournalError) -> [UnreadableObligation]

    /// Keeps what a look at an obligation found, also of one that cannot be read. A served one does not come back,
    /// although its machine still names it.
    /// - Returns: whether it stood until now; else nothing is changed.
    @discardableResult
    func record(_ finding: ObligationFinding, of number: Int64) async throws(JournalError) -> Bool

    /// Takes or keeps the janitor's office, which one owner at a time has.
    /// - Returns: whether it is this owner's: nobody else has it, or whoever had it has gone silent.
    func tend(_ owner: OwnerID) async throws(JournalError) -> Bool

    func identity() async throws(JournalError) -> JournalIdentity

    /// Raises the generation by one, or above `other` if that is higher.
    /// - Returns: the identity from now on.
    func advance(beyond other: Int64?) async throws(JournalError) -> JournalIdentity

    /// Deletes ended and published requests that ended before `moment` and have no open obligation, owners that were
    /// last seen before it and hold nothing, and cancellations of unknown ids and examinations from before it. What is
    /// not known to be published stays, however long the broker is away: ``takeStranded(for:limit:)`` sees to it.
    /// - Returns: how many requests.
    func prune(endedBefore moment: Timestamp) async throws(JournalError) -> Int
}
