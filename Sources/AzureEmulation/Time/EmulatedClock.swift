import FoundationEssentials
import Synchronization

/// The emulator's time: it runs with the machine's, or stands still, and can be moved forward in both cases.
package final class EmulatedClock: Sendable {
    private let origin: Moment
    private let started: ContinuousClock.Instant?
    private let moved = Atomic<Int64>(0)

    /// A clock that starts at the wall clock's time and never runs backwards.
    package init() {
        origin = Moment(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000_000_000))
        started = .now
    }

    /// A clock that stands still until it is moved.
    package init(frozenAt moment: Moment) {
        origin = moment
        started = nil
    }

    package var now: Moment {
        let elapsed = started.map { nanoseconds(in: .now - $0) } ?? 0
        return origin.after(nanoseconds: elapsed + moved.load(ordering: .relaxed))
    }

    /// Moves the clock forward.
    package func advance(seconds: Double) {
        moved.add(Int64(max(0, seconds) * 1_000_000_000), ordering: .relaxed)
    }
}

private func nanoseconds(in duration: Duration) -> Int64 {
    let (seconds, attoseconds) = duration.components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
}
