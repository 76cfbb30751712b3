/// Evenly spaced places for calls, as a value: one call per interval.
struct Pace: Sendable {
    /// Timers fire late; this much of it is made up for, so that the full rate is reached and no burst arises.
    static let slack: Duration = .milliseconds(20)

    let interval: Duration
    private(set) var next: Duration = .zero

    /// - Parameter rate: calls a second; one in 1,000 s at least.
    init(rate: Double) {
        interval = .seconds(1 / min(max(rate.isNaN ? 0 : rate, 0.001), 1_000_000))
    }

    /// Takes the first free place at `now` or later.
    mutating func take(at now: Duration) -> Duration {
        let place = max(now, next)
        next = max(next, now - Pace.slack) + interval
        return place
    }

    /// Gives the place back that was taken last; an older one is lost.
    mutating func giveBack(_ place: Duration) {
        if next == place + interval { next = place }
    }
}
