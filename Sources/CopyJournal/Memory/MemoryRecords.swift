import CopyDomain

/// A request as a ``MemoryJournal`` keeps it.
struct MemoryRequest: Sendable {
    /// Its place in the order of acceptance, from 1.
    let number: Int
    let run = 1
    let content: [UInt8]
    let plan: CopyPlan
    var checkpoint: Checkpoint
    var format = Checkpoint.currentFormat
    var owner: OwnerID?
    var epoch: Int64 = 1
    var outcome: StoredOutcome?
    var endedAt: Timestamp?
    var published = false
    var deaths = OwnerDeaths()
    var isConfined = false

    init(number: Int, content: [UInt8], plan: CopyPlan, owner: OwnerID) {
        self.number = number
        self.content = content
        self.plan = plan
        self.owner = owner
        checkpoint = Checkpoint(first: plan)
    }

    func lease(_ id: RequestID, _ owner: OwnerID) -> Lease {
        Lease(id: id, run: run, epoch: epoch, owner: owner)
    }

    func entry(_ id: RequestID, isCancelRequested: Bool) -> JournalEntry {
        JournalEntry(
            id: id,
            run: run,
            plan: plan,
            phase: outcome == nil ? checkpoint.machine.phase : .ended,
            owner: owner,
            epoch: epoch,
            acceptedAt: plan.acceptedAt,
            outcome: outcome,
            published: published,
            isCancelRequested: isCancelRequested,
            deaths: deaths
        )
    }
}

/// An obligation, or a learned fact as one.
struct MemoryObligation: Hashable, Sendable {
    let number: Int64
    let request: RequestID
    let run: Int
    let obligation: Obligation
    let fact: LearnedFact?
    var isServed = false
    var nextLook: Timestamp
    var needsPerson = false
    var finding: String?

    /// Whether it is that one, whatever has been found out about it.
    func owes(_ obligation: Obligation, _ fact: LearnedFact?, by request: RequestID, run: Int) -> Bool {
        self.request == request && self.run == run && self.obligation == obligation && self.fact == fact
    }
}

/// A look at a message that was delivered too often.
struct MemoryExamination: Sendable {
    let owner: OwnerID
    let begun: Timestamp
}

/// Something in a resource that has an id.
struct MemoryItem: Hashable, Sendable {
    let resource: ResourceName
    let id: String
}

/// An item that the machine of a request named as its own.
struct MemoryTarget: Hashable, Sendable {
    let resource: ResourceName
    let id: String
    let request: RequestID
}
