import Synchronization

/// When a loop last turned: what tells a process that is stuck from one that waits.
final class Pulse: Sendable {
    /// No turn takes as long: one call to the journal ends after some seconds, whatever its disk does, and so does the
    /// pause before the next.
    static let patience: Duration = .seconds(60)

    private let uptime: @Sendable () -> Duration
    private let lastTurn: Mutex<Duration>

    init(uptime: @escaping @Sendable () -> Duration) {
        self.uptime = uptime
        lastTurn = Mutex(uptime())
    }

    func turn() {
        let now = uptime()
        lastTurn.withLock { $0 = now }
    }

    /// How long the loop has not turned, if that is too long.
    var silence: Duration? {
        let silence = uptime() - lastTurn.withLock { $0 }
        return silence > Self.patience ? silence : nil
    }
}
