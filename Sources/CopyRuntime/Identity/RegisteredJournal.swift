import CopyJournal
import FoundationEssentials

/// What the register says: which journal the workers of its queues share.
struct RegisteredJournal: Hashable, Sendable {
    let identity: JournalIdentity
    /// A person has put it in the place of whatever others there were.
    let isAccepted: Bool

    private struct Mark: Codable {
        let id: String
        let generation: Int64
        let accepted: Bool?
    }

    init(_ identity: JournalIdentity, isAccepted: Bool) {
        self.identity = identity
        self.isAccepted = isAccepted
    }

    /// The head says which journal it is; what slipped in behind it may be the same journal's later generation, or
    /// another's try. `nil`: the head is no identity.
    init?(_ values: [[UInt8]]) {
        guard let head = values.first.flatMap(JournalIdentity.init(wire:)) else { return nil }
        let same = values.filter { JournalIdentity(wire: $0)?.id == head.id }
        let generations = same.compactMap { JournalIdentity(wire: $0)?.generation }
        identity = JournalIdentity(id: head.id, generation: generations.max() ?? head.generation)
        isAccepted = same.contains { (try? JSONDecoder().decode(Mark.self, from: Data($0)))?.accepted == true }
    }

    /// Without the mark it is the identity alone.
    var wire: [UInt8] {
        guard isAccepted else { return identity.wire }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let mark = Mark(id: identity.id, generation: identity.generation, accepted: true)
        // Scalars cannot fail to be written.
        return (try? encoder.encode(mark)).map(Array.init) ?? identity.wire
    }
}
