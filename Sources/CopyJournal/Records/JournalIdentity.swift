/// Which journal this is, and how far it has come: all workers of one queue must share it.
package struct JournalIdentity: Codable, Hashable, Sendable {
    /// Given when the journal was made, unique for ever; a copy of the store keeps it.
    package let id: String
    /// Raised again and again while workers live: a journal restored from an older copy has a lower one than the pool
    /// remembers.
    package let generation: Int64

    package init(id: String, generation: Int64) {
        self.id = id
        self.generation = generation
    }

    /// The generation that comes next, above `other` as well; there is none after the highest number.
    package func generation(beyond other: Int64?) -> Int64 {
        let highest = max(generation, other ?? generation)
        return highest == .max ? highest : highest + 1
    }
}
