package import AMQP
package import CopyJournal

/// Holds a journal against the one that the workers of a queue share, by the queue's register.
///
/// The register follows the journal: the generation is raised in the journal first, and stands in the register only
/// afterwards. Both happen while the register is held, so that workers that begin at once follow one another. Hence the
/// register is never ahead of its journal, unless the journal was put back to an older copy. A death in between leaves
/// the register behind, which says nothing.
package struct JournalAgreement: Sendable {
    package enum Verdict: Equatable, Sendable {
        /// It is the pool's journal.
        case agreed(JournalIdentity)
        /// The workers of this queue share another journal.
        case other(registered: JournalIdentity, ours: JournalIdentity)
        /// It is the pool's journal as it was some time ago.
        case restored(registered: JournalIdentity, ours: JournalIdentity)
        /// The register is empty: no worker has begun yet.
        case unregistered(ours: JournalIdentity)
        /// The register holds what no worker wrote.
        case unreadable
        case journalAway(JournalError)
    }

    package static let usualLimit: Duration = .seconds(10)

    private let register: AMQPRegister
    private let journal: any Journal

    package init(register: AMQPRegister, journal: any Journal) {
        self.register = register
        self.journal = journal
    }

    /// Raises the generation of the pool's own journal; leaves any other alone. An empty register is given this one.
    package func renew(within limit: Duration = Self.usualLimit) async throws(AMQPError) -> Verdict {
        try await judge(within: limit) { registered, ours in
            Self.objection(registered, ours).map(Ruling.refuse) ?? .advance(beyond: nil)
        }
    }

    /// Makes this journal the pool's own, whatever the register says: a person has decided.
    package func accept() async throws(AMQPError) -> Verdict {
        try await judge { registered, ours in
            .advance(beyond: registered.id == ours.id ? registered.generation : nil)
        } unreadable: {
            .advance(beyond: nil)
        }
    }

    /// Only says what a worker would make of it; writes neither the register nor the journal.
    package func look() async throws(AMQPError) -> Verdict {
        try await judge(isOffering: false) { registered, ours in
            .refuse(Self.objection(registered, ours) ?? .agreed(ours))
        }
    }

    private static func objection(_ registered: JournalIdentity, _ ours: JournalIdentity) -> Verdict? {
        if registered.id != ours.id { return .other(registered: registered, ours: ours) }
        return registered.generation > ours.generation ? .restored(registered: registered, ours: ours) : nil
    }

    private enum Ruling {
        case refuse(Verdict)
        case advance(beyond: Int64?)
    }

    private func judge(
        within limit: Duration = Self.usualLimit,
        isOffering: Bool = true,
        _ rule: @Sendable (_ registered: JournalIdentity, _ ours: JournalIdentity) -> Ruling,
        unreadable: @Sendable () -> Ruling = { .refuse(.unreadable) }
    ) async throws(AMQPError) -> Verdict {
        let first: JournalIdentity
        do {
            first = try await journal.identity()
        } catch {
            return .journalAway(error)
        }
        return try await register.hold(offering: isOffering ? first.wire : nil, within: limit) { [journal] values in
            do throws(JournalError) {
                // Read after the register: it may have been raised since.
                let ours = try await journal.identity()
                guard !values.isEmpty else { return (.keep, .unregistered(ours: ours)) }
                switch Self.registered(values).map({ rule($0, ours) }) ?? unreadable() {
                case .refuse(let verdict): return (.keep, verdict)
                case .advance(let other):
                    let advanced = try await journal.advance(beyond: other)
                    return (.replace(advanced.wire), .agreed(advanced))
                }
            } catch {
                return (.keep, .journalAway(error))
            }
        }
    }

    /// The head says which journal it is; what slipped in behind it may be the same journal's later generation, or
    /// another's try. `nil`: the head is no identity.
    private static func registered(_ values: [[UInt8]]) -> JournalIdentity? {
        guard let head = values.first.flatMap(JournalIdentity.init(wire:)) else { return nil }
        let same = values.compactMap(JournalIdentity.init(wire:)).filter { $0.id == head.id }
        return JournalIdentity(id: head.id, generation: same.map(\.generation).max() ?? head.generation)
    }
}
