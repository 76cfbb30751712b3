import CopyDomain
import Synchronization

/// The places of requests that may have killed their workers: the more deaths, the fewer run at a time, so that one
/// more death leaves fewer to suspect.
final class Dock: Sendable {
    private let places: Int
    private let occupants = Mutex<[Share: Set<RequestID>]>([:])

    /// The part of a worker's slots that requests of the same number of deaths may have.
    enum Share: Int, Sendable {
        case quarter = 4
        case sixteenth = 16
        case one
    }

    /// - Parameter places: the worker's slots.
    init(places: Int) {
        self.places = places
    }

    /// - Returns: whether there was room.
    func enter(_ id: RequestID, _ share: Share) -> Bool {
        let room =
            switch share {
            case .quarter, .sixteenth: max(1, places / share.rawValue)
            case .one: 1
            }
        return occupants.withLock { occupants in
            guard occupants[share, default: []].count < room else { return false }
            occupants[share, default: []].insert(id)
            return true
        }
    }

    func leave(_ id: RequestID, _ share: Share) {
        occupants.withLock { _ = $0[share]?.remove(id) }
    }
}
