import CopyDomain
import CopyJournal

/// Tells the journal that this process lives, so that nobody else claims its requests, and hears which of them somebody
/// wants cancelled.
struct Liveness: Sendable {
    let owner: OwnerID
    let journal: JournalKeeper
    let period: Duration
    let registry: RunRegistry

    /// Beats once, however long the journal is away.
    func begin() async {
        let owner = owner
        _ = try? await journal.ask { try await $0.beat(owner) }
    }

    /// Beats until cancelled.
    func run() async {
        let owner = owner
        while let unwanted = try? await journal.ask({ try await $0.beat(owner) }) {
            for request in unwanted { registry.ask(request, .cancel) }
            guard (try? await journal.surroundings.sleep(period)) != nil else { return }
        }
    }
}
