package import CopyDomain

/// The port to what survives a worker. All workers of one queue share one journal.
///
/// A write is durable when its call returns. Every call throws ``JournalError`` when the store is away, and then it is
/// not known whether the write happened: the caller asks again with the same arguments, which is harmless.
package protocol Journal: Sendable {
    /// Takes a request for this process, or says why not. The first claim of an id stores `content` and `plan`; later
    /// claims get the stored plan back inside the checkpoint.
    ///
    /// Granted when nobody owns the request, its owner released it, its owner is `owner` itself, or the owner's
    /// liveness is staler than the journal's limit (10 s by default) by the journal's own clock.
    /// Each grant raises the epoch, except a grant to the present owner, which answers `.mine`.
    func claim(_ id: RequestID, content: [UInt8], plan: CopyPlan, owner: OwnerID) async throws(JournalError) -> Claim

    /// Stores the machine, the obligations and the target ids it names, in one transaction. The save is the epoch
    /// check: `.fenced` means that somebody else owns the request now.
    func save(_ checkpoint: Checkpoint, for lease: Lease) async throws(JournalError) -> Held

    /// Ends the run: stores the outcome, frees reservations, gives the request up. The first call decides; the same
    /// lease again gets the stored bytes back.
    func finish(_ outcome: StoredOutcome, checkpoint: Checkpoint, for lease: Lease) async throws(JournalError) -> Finish

    /// The outcome's publication was confirmed.
    func published(_ id: RequestID, run: Int) async throws(JournalError)

    /// Keeps a fact that only this process knows although it may have lost the request meanwhile, e.g. the id of a
    /// model that a late answer named. Append-only; open to a fenced owner.
    func learned(_ fact: LearnedFact, for lease: Lease) async throws(JournalError)

    /// Takes a name for a request, exclusively; granted again to the same request. Freed by `finish`.
    func reserve(_ name: String, for lease: Lease) async throws(JournalError) -> Reservation

    /// Gives requests up so that any worker may claim them at once. What another owns by now is left alone.
    func release(_ leases: [Lease]) async throws(JournalError)

    /// Says that `owner` lives; to be called every 2 s. The first call registers the owner.
    func beat(_ owner: OwnerID) async throws(JournalError)

    /// Forgets the owner and releases all it holds.
    func retire(_ owner: OwnerID) async throws(JournalError)

    func find(_ id: RequestID) async throws(JournalError) -> JournalEntry?

    /// Entries in the order of their acceptance, at most `limit`, after the given id.
    func list(after id: RequestID?, limit: Int) async throws(JournalError) -> [JournalEntry]

    /// Open obligations, oldest first. Suspects that a run owns by now are left out.
    func obligations() async throws(JournalError) -> [RecordedObligation]

    /// Deletes ended and published requests that ended before `moment` and have no open obligation.
    /// - Returns: how many.
    func prune(endedBefore moment: Timestamp) async throws(JournalError) -> Int
}

/// One process of a pool, unique for ever.
package struct OwnerID: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }
}

/// The right to write about a request: valid while no later epoch was granted.
package struct Lease: Codable, Hashable, Sendable {
    package let id: RequestID
    package let run: Int
    package let epoch: Int64
    package let owner: OwnerID

    package init(id: RequestID, run: Int, epoch: Int64, owner: OwnerID) {
        self.id = id
        self.run = run
        self.epoch = epoch
        self.owner = owner
    }
}

package enum Claim: Equatable, Sendable {
    /// The request is this process's now. `isNew`: nothing was ever sent for it.
    case granted(Lease, Checkpoint, isNew: Bool)
    /// This process owns it already: its run adopts the delivery.
    case mine(Lease)
    /// Another process owns it and lives.
    case runningElsewhere(OwnerID)
    case ended(StoredOutcome, published: Bool)
    /// The id is known with other content.
    case otherContent
    /// The checkpoint was written by a later version of this software.
    case newerFormat(Int)
}

/// A machine as it is stored.
package struct Checkpoint: Codable, Equatable, Sendable {
    /// Raised when a change to the machines makes older readers misunderstand newer checkpoints.
    package static let currentFormat = 1

    package let machine: CopyMachine
    /// The last number given to an event of this request; the next event has one more.
    package let sequence: Int
    /// Headers of the request that its events carry on: `traceparent`, `correlation-id`, `reply-to`.
    package let context: [String: String]

    package init(machine: CopyMachine, sequence: Int, context: [String: String]) {
        self.machine = machine
        self.sequence = sequence
        self.context = context
    }
}

package enum Held: Equatable, Sendable {
    case held
    /// Another process owns the request now: stop, send nothing, publish nothing.
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

/// An outcome event as it goes out, every time.
package struct StoredOutcome: Codable, Hashable, Sendable {
    package let eventID: String
    package let routingKey: String
    /// `succeeded`, `failed` or `cancelled`.
    package let event: String
    package let body: [UInt8]
    /// AMQP headers that go with the body.
    package let headers: [String: String]
    package let correlationID: String
    package let replyTo: String?
    package let time: Timestamp

    package init(
        eventID: String, routingKey: String, event: String, body: [UInt8], headers: [String: String],
        correlationID: String, replyTo: String?, time: Timestamp
    ) {
        self.eventID = eventID
        self.routingKey = routingKey
        self.event = event
        self.body = body
        self.headers = headers
        self.correlationID = correlationID
        self.replyTo = replyTo
        self.time = time
    }
}

/// Something that a process learned too late to act on.
package enum LearnedFact: Codable, Hashable, Sendable {
    /// An answer named something that this run made in the target resource.
    case made(ObligationSubject, resource: ResourceName)
}

package struct JournalEntry: Sendable {
    package let id: RequestID
    package let run: Int
    package let plan: CopyPlan
    package let phase: Phase
    package let owner: OwnerID?
    package let epoch: Int64
    package let acceptedAt: Timestamp
    package let outcome: StoredOutcome?
    package let published: Bool

    package init(
        id: RequestID, run: Int, plan: CopyPlan, phase: Phase, owner: OwnerID?, epoch: Int64, acceptedAt: Timestamp,
        outcome: StoredOutcome?, published: Bool
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
    }
}

package struct RecordedObligation: Codable, Hashable, Sendable {
    package let request: RequestID
    package let run: Int
    package let obligation: Obligation

    package init(request: RequestID, run: Int, obligation: Obligation) {
        self.request = request
        self.run = run
        self.obligation = obligation
    }
}

package struct JournalError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        /// Locked, full, away: worth another try.
        case unavailable
        /// Not a journal, damaged, or of a later schema: a person must look.
        case unusable
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "journal \(code.rawValue): \(message)" }
}
