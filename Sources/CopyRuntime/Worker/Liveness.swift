import CopyJournal

/// Tells the journal that this process lives, so that nobody else claims its requests.
struct Liveness: Sendable {
    let owner: OwnerID
    let journal: JournalKeeper
    let period: Duration

    /// Beats once, however long the journal is away.
    func begin() async {
        let owner = owner
        _ = try? await journal.ask { try await $0.beat(owner) }
    }

    /// Beats until cancelled.
    func run() async {
        let owner = owner
        while (try? await journal.ask { try await $0.beat(owner) }) != nil {
            guard (try? await journal.surroundings.sleep(period)) != nil else { return }
        }
    }
}
