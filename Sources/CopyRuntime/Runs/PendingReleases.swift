import CopyJournal
import Synchronization

/// Leases of runs that have ended while the journal was away. Until it is told, everybody else takes the requests for
/// running here.
final class PendingReleases: Sendable {
    private let leases = Mutex<[Lease]>([])

    func add(_ lease: Lease) {
        leases.withLock { $0.append(lease) }
    }

    /// Releases them, if the journal answers. A request that was granted again since has another epoch.
    func release(to journal: JournalKeeper) async {
        let pending = leases.withLock(\.self)
        guard !pending.isEmpty, case .success? = try? await journal.attempt({ try await $0.release(pending) }) else {
            return
        }
        leases.withLock { $0.removeFirst(pending.count) }
    }
}
