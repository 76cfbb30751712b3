import CopyDomain
import CopyJournal

/// Tells the journal that this process lives, so that nobody else claims its requests, and hears which of them somebody
/// wants cancelled.
struct Liveness: Sendable {
    let owner: OwnerID
    let journal: JournalKeeper
    let period: Duration
    let registry: RunRegistry
    let pendingReleases: PendingReleases
    /// Turns with every attempt, so that a journal that is away is no standstill.
    let pulse: Pulse

    /// Beats once, however long the journal is away.
    func begin() async {
        _ = try? await beat()
    }

    /// Beats until cancelled.
    func run() async {
        while let unwanted = try? await beat() {
            for request in unwanted { registry.ask(request, .cancel) }
            await pendingReleases.release(to: journal)
            guard (try? await journal.surroundings.sleep(period)) != nil else { return }
        }
    }

    private func beat() async throws -> [RequestID] {
        try await journal.ask { [owner, pulse] journal in
            pulse.turn()
            return try await journal.beat(owner)
        }
    }
}
