import Foundation
import GRDB
import Synchronization

extension Database.BusyMode {
    /// Asks for a lock again about every millisecond, for at most `patience`.
    ///
    /// The pauses of SQLite's own time-out grow to 100 ms, and a process that commits all the time then keeps the lock
    /// from others for seconds.
    static func asking(for patience: Duration) -> Database.BusyMode {
        let end = SharedInstant()
        return .callback { tries in
            if tries == 0 { end.set(.now + patience) }
            guard ContinuousClock.now < end.value else { return false }
            Thread.sleep(forTimeInterval: .random(in: 0.0005...0.0015))
            return true
        }
    }
}

/// The end of the present wait of one connection, which waits for one lock at a time.
private final class SharedInstant: Sendable {
    private let instant = Mutex(ContinuousClock.now)

    var value: ContinuousClock.Instant { instant.withLock { $0 } }

    func set(_ value: ContinuousClock.Instant) {
        instant.withLock { $0 = value }
    }
}
