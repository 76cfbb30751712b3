/// How long to wait before the next try: exponential with full jitter between two bounds.
package struct ReconnectBackoff: Hashable, Sendable {
    /// No wait is shorter, whatever the dice say.
    package let least: Duration
    /// No wait is longer.
    package let most: Duration
    /// A connection that held for so long wipes the slate clean.
    package let settledAfter: Duration
    private var failures = 0

    package init(
        least: Duration = .milliseconds(500),
        most: Duration = .seconds(30),
        settledAfter: Duration = .seconds(30)
    ) {
        self.least = least
        self.most = max(least, most)
        self.settledAfter = settledAfter
    }

    /// The wait before the next try: from `least` to `least` doubled once per failure so far, at most `most`.
    ///
    /// - Parameter random: from 0 to 1.
    package mutating func next(random: Double) -> Duration {
        failures = min(failures + 1, 32)
        let ceiling = min(least * (1 << failures), most)
        return least + (ceiling - least) * min(max(random, 0), 1)
    }

    /// A connection that was of use ended after `held`.
    package mutating func ended(after held: Duration) {
        if held >= settledAfter { failures = 0 }
    }

    package mutating func reset() {
        failures = 0
    }
}
