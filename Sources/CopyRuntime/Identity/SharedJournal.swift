import CopyJournal
import Synchronization

/// The journal that this worker has found to be its pool's.
final class SharedJournal: Sendable {
    private struct State {
        var identity: JournalIdentity?
        var isAccepted = false
    }

    private let state = Mutex(State())

    var id: String? { state.withLock { $0.identity?.id } }

    /// - Parameter isAccepted: a person has put it in the place of whatever others there were.
    func agreed(on new: JournalIdentity, isAccepted: Bool) {
        state.withLock { $0 = State(identity: new, isAccepted: isAccepted) }
    }

    /// Whether a request may be claimed here although its message says that a worker with that journal sent it on: what
    /// another journal knows of the request, this one does not. After `copyctl journal accept` nobody works with the
    /// other one any more, so that its requests can only begin anew.
    func owns(_ label: String?) -> Bool {
        guard let label else { return true }
        return state.withLock { $0.isAccepted || $0.identity?.id == label }
    }
}
