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

    /// What a look at the register came to.
    struct Finding: Sendable {
        let verdict: Verdict
        /// A person has put the registered journal in the place of whatever others there were.
        let isAccepted: Bool
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
        try await renewed(within: limit).verdict
    }

    func renewed(within limit: Duration = Self.usualLimit) async throws(AMQPError) -> Finding {
        try await judge(within: limit) { registered, ours in
            Self.objection(registered, ours).map(Ruling.refuse) ?? .advance(beyond: nil)
        }
    }

    /// Sees whether the register still names this journal. An empty one is given it.
    func confirmed() async throws(AMQPError) -> Finding {
        try await judge { registered, ours in
            .refuse(Self.objection(registered, ours) ?? .agreed(ours))
        }
    }

    /// Makes this journal the pool's own, whatever the register says: a person has decided. From then on its workers
    /// take over the messages that name another journal (``SharedJournal/owns(_:)``).
    package func accept() async throws(AMQPError) -> Verdict {
        try await judge(isAccepting: true) { registered, ours in
            .advance(beyond: registered.id == ours.id ? registered.generation : nil)
        } unreadable: {
            .advance(beyond: nil)
        }
        .verdict
    }

    /// Only says what a worker would make of it; writes neither the register nor the journal.
    package func look() async throws(AMQPError) -> Verdict {
        try await judge(isOffering: false) { registered, ours in
            .refuse(Self.objection(registered, ours) ?? .agreed(ours))
        }
        .verdict
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
        isAccepting: Bool = false,
        _ rule: @Sendable (_ registered: JournalIdentity, _ ours: JournalIdentity) -> Ruling,
        unreadable: @Sendable () -> Ruling = { .refuse(.unreadable) }
    ) async throws(AMQPError) -> Finding {
        let first: JournalIdentity
        do {
            first = try await journal.identity()
        } catch {
            return Finding(verdict: .journalAway(error), isAccepted: false)
        }
        return try await register.hold(offering: isOffering ? first.wire : nil, within: limit) { [journal] values in
            let wasAccepted = RegisteredJournal(values)?.isAccepted ?? false
            do throws(JournalError) {
                // Read after the register: it may have been raised since.
                let ours = try await journal.identity()
                guard !values.isEmpty else {
                    return (.keep, Finding(verdict: .unregistered(ours: ours), isAccepted: false))
                }
                switch RegisteredJournal(values).map({ rule($0.identity, ours) }) ?? unreadable() {
                case .refuse(let verdict): return (.keep, Finding(verdict: verdict, isAccepted: wasAccepted))
                case .advance(let other):
                    let advanced = try await journal.advance(beyond: other)
                    let isAccepted = isAccepting || wasAccepted
                    return (
                        .replace(RegisteredJournal(advanced, isAccepted: isAccepted).wire),
                        Finding(verdict: .agreed(advanced), isAccepted: isAccepted)
                    )
                }
            } catch {
                return (.keep, Finding(verdict: .journalAway(error), isAccepted: false))
            }
        }
    }
}
