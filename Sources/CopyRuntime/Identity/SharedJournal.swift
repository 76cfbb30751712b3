import CopyJournal
import Synchronization

/// The journal that this worker has found to be its pool's.
final class SharedJournal: Sendable {
    private let identity = Mutex<JournalIdentity?>(nil)

    var id: String? { identity.withLock { $0?.id } }

    func agreed(on new: JournalIdentity) {
        identity.withLock { $0 = new }
    }
}
