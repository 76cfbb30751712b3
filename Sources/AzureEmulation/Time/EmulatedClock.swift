import Synchronization

/// The emulator's time: somebody else's, or one that stands still, and in both cases it can be moved forward.
package final class EmulatedClock: Sendable {
    private let time: @Sendable () -> Moment
    private let moved = Atomic<Int64>(0)

    /// A clock that follows `time`, which must not run backwards.
    package init(following time: @escaping @Sendable () -> Moment) {
        self.time = time
    }

    /// A clock that stands still until it is moved.
    package init(frozenAt moment: Moment) {
        time = { moment }
    }

    package var now: Moment {
        time().after(nanoseconds: moved.load(ordering: .relaxed))
    }

    /// Moves the clock forward.
    package func advance(seconds: Double) {
        moved.add(Int64(max(0, seconds) * 1_000_000_000), ordering: .relaxed)
    }
}
