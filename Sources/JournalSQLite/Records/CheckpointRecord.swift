import CopyDomain
import CopyJournal

/// A checkpoint as its columns, encoded before it waits for a commit.
struct CheckpointRecord: Sendable {
    let json: String
    let phase: String
    let targetIDs: [String]
    let obligations: [ObligationRecord]

    init(_ checkpoint: Checkpoint, of id: RequestID) throws(JournalError) {
        json = try JournalJSON.text(checkpoint, of: id)
        phase = checkpoint.machine.phase.rawValue
        targetIDs = checkpoint.machine.targetIDs
        var records: [ObligationRecord] = []
        for obligation in checkpoint.machine.obligations {
            records.append(try ObligationRecord(obligation, of: id))
        }
        obligations = records
    }
}

/// An obligation as its columns.
struct ObligationRecord: Sendable {
    let resource: String
    let item: String?
    let json: String

    init(_ obligation: Obligation, of id: RequestID) throws(JournalError) {
        resource = obligation.resource.rawValue
        item = obligation.subject.itemID
        json = try JournalJSON.text(obligation, of: id)
    }
}

/// What the first claim of a request stores.
struct NewRequest: Sendable {
    let id: RequestID
    let content: [UInt8]
    let plan: CopyPlan
    let planJSON: String
    let first: Checkpoint
    let record: CheckpointRecord

    init(id: RequestID, content: [UInt8], plan: CopyPlan) throws(JournalError) {
        self.id = id
        self.content = content
        self.plan = plan
        planJSON = try JournalJSON.text(plan, of: id)
        first = Checkpoint(first: plan)
        record = try CheckpointRecord(first, of: id)
    }
}
