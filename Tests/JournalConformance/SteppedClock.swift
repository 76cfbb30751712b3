package import CopyDomain
import Synchronization

/// A machine's clocks, which move when they are told to.
package final class SteppedClock: Sendable {
    private struct State {
        var moment: Timestamp
        var uptime: Duration = .seconds(1000)
    }

    private let state: Mutex<State>

    package init(at moment: Timestamp = Timestamp(milliseconds: 1_763_726_400_000)) {
        state = Mutex(State(moment: moment))
    }

    /// Wall time.
    package var now: Timestamp { state.withLock(\.moment) }
    /// Time since the machine was started.
    package var uptime: Duration { state.withLock(\.uptime) }

    /// Lets time pass.
    package func advance(_ duration: Duration) {
        state.withLock { state in
            state.moment = state.moment + duration
            state.uptime += duration
        }
    }

    /// Sets the wall clock.
    package func set(by step: Duration) {
        state.withLock { $0.moment = $0.moment + step }
    }
}
