import CopyDomain
import Synchronization

/// The place of the one request that runs with nothing beside it, because it may be a poison message: the workers of
/// such a request die again and again.
final class LoneLane: Sendable {
    private let occupant = Mutex<RequestID?>(nil)

    /// Who runs alone, or waits to.
    var runner: RequestID? { occupant.withLock(\.self) }

    /// - Returns: whether the place was free.
    func enter(_ id: RequestID) -> Bool {
        occupant.withLock { occupant in
            guard occupant == nil else { return false }
            occupant = id
            return true
        }
    }

    /// - Returns: whether it was this request's.
    func leave(_ id: RequestID) -> Bool {
        occupant.withLock { occupant in
            guard occupant == id else { return false }
            occupant = nil
            return true
        }
    }
}
