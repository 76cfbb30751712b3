import CopyDomain
import Synchronization

/// The place of the one request that runs with nothing beside it, because it may be a poison message. It rests four
/// times as long as it was taken: whoever may have killed a worker keeps the others from working for a fifth of the time
/// at most. A worker that has just begun does not offer it: if workers are killed again and again from outside, the lone
/// request is not there to be blamed.
final class LoneLane: Sendable {
    private static let rest = 4
    private static let firstRest: Duration = .seconds(60)

    private struct State {
        var occupant: (id: RequestID, since: Duration)?
        var restsUntil: Duration
    }

    private let state: Mutex<State>

    /// - Parameter now: the uptime.
    init(at now: Duration) {
        state = Mutex(State(restsUntil: now + Self.firstRest))
    }

    var isOccupied: Bool { runner != nil }

    /// Who runs alone, or waits to.
    var runner: RequestID? { state.withLock { $0.occupant?.id } }

    /// - Returns: whether the place was free.
    func enter(_ id: RequestID, at now: Duration) -> Bool {
        state.withLock { state in
            guard state.occupant == nil, state.restsUntil <= now else { return false }
            state.occupant = (id, now)
            return true
        }
    }

    /// - Returns: whether it was this request's.
    func leave(_ id: RequestID, at now: Duration) -> Bool {
        state.withLock { state in
            guard let occupant = state.occupant, occupant.id == id else { return false }
            state.occupant = nil
            state.restsUntil = now + (now - occupant.since) * Self.rest
            return true
        }
    }
}
