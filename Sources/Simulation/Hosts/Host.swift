import Synchronization

/// A machine with one worker: what of the world it can reach, and what its clock says.
final class Host: Sendable {
    enum Reach: Hashable, Sendable {
        case open
        /// Nothing gets through either way.
        case cut
        /// Requests get through and answers do not.
        case mute
    }

    private struct State {
        var journal = Reach.open
        var azure = Reach.open
        var clockOffset: Duration = .zero
        var stops = 0
    }

    let name: String
    let process: SimulatedProcess
    let life: Life
    private let state = Mutex(State())

    init(_ name: String, process: SimulatedProcess, life: Life = Life()) {
        self.name = name
        self.process = process
        self.life = life
    }

    var journal: Reach {
        get { state.withLock(\.journal) }
        set { state.withLock { $0.journal = newValue } }
    }

    var azure: Reach {
        get { state.withLock(\.azure) }
        set { state.withLock { $0.azure = newValue } }
    }

    /// How far the wall clock is off.
    var clockOffset: Duration {
        get { state.withLock(\.clockOffset) }
        set { state.withLock { $0.clockOffset = newValue } }
    }

    /// One more SIGSTOP.
    /// - Returns: how many there were.
    func countStop() -> Int {
        state.withLock { state in
            state.stops += 1
            return state.stops
        }
    }

    var stops: Int { state.withLock(\.stops) }
}
