import AzureAI
package import CopyDomain

/// Everything the engine takes from the world besides its ports: time and chance.
package struct Surroundings: Sendable {
    /// For sleeping; nothing sleeps otherwise.
    package var clock: any Clock<Duration>
    /// Monotonic time since some origin, on the same clock.
    package var uptime: @Sendable () -> Duration
    /// Wall time.
    package var now: @Sendable () -> Timestamp
    /// Nanoseconds of a monotonic clock that counts suspension (`CLOCK_BOOTTIME`), for `sendBefore`.
    package var suspensionClock: @Sendable () -> UInt64
    /// At least 0 and less than 1.
    package var random: @Sendable () -> Double

    package init(
        clock: any Clock<Duration>,
        uptime: @escaping @Sendable () -> Duration,
        now: @escaping @Sendable () -> Timestamp,
        suspensionClock: @escaping @Sendable () -> UInt64,
        random: @escaping @Sendable () -> Double
    ) {
        self.clock = clock
        self.uptime = uptime
        self.now = now
        self.suspensionClock = suspensionClock
        self.random = random
    }

    /// Sleeps; throws `CancellationError` when the task is cancelled before or meanwhile.
    func sleep(_ duration: Duration) async throws {
        try Task.checkCancellation()
        guard duration > .zero else { return }
        try await clock.sleep(for: duration)
    }

    /// The moment until which a call may reach the socket whose intent is that young.
    func sendBefore(within age: Duration) -> SendBefore {
        SendBefore(nanoseconds: suspensionClock() + UInt64(age.wholeMilliseconds) * 1_000_000)
    }

    func duration(of wait: Wait) -> Duration {
        wait.duration - wait.duration * (min(max(wait.jitter, 0), 1) * random())
    }
}
