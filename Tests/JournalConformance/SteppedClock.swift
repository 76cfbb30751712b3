package import CopyDomain
import Synchronization

/// A wall clock that moves when it is told to.
package final class SteppedClock: Sendable {
    private let moment: Mutex<Timestamp>

    package init(at moment: Timestamp = Timestamp(milliseconds: 1_763_726_400_000)) {
        self.moment = Mutex(moment)
    }

    package var now: Timestamp { moment.withLock { $0 } }

    package func advance(_ duration: Duration) {
        moment.withLock { $0 = $0 + duration }
    }
}
