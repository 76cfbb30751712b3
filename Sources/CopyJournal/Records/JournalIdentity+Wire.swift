import FoundationEssentials

extension JournalIdentity {
    /// As it stands in the register that the workers of a queue share: equal identities are equal bytes.
    package var wire: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Two scalars cannot fail to be written.
        return (try? encoder.encode(self)).map(Array.init) ?? []
    }

    /// `nil`: the bytes are no identity. Members that are not known do not matter.
    package init?(wire: [UInt8]) {
        guard let identity = try? JSONDecoder().decode(JournalIdentity.self, from: Data(wire)), !identity.id.isEmpty
        else { return nil }
        self = identity
    }
}
