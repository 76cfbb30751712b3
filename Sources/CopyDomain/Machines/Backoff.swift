/// How long to pause before a call that was not done is tried again: exponential with full jitter, as a value.
struct Backoff: Codable, Hashable, Sendable {
    static let first: Duration = .seconds(1)
    static let cap: Duration = .seconds(30)
    /// The longest `Retry-After` that is believed.
    static let longestRetryAfter: Duration = .seconds(24 * 3600)

    /// Failures in a row.
    private(set) var failures = 0
    /// The last of them, so that an outcome can say what the run was waiting for.
    private(set) var trouble: CallFailure?

    /// Counts a failure and says how long to pause.
    ///
    /// What Azure asked for is waited for in full; the random part comes on top.
    mutating func pause(after failure: CallFailure, atMost limit: Duration? = nil) -> Wait {
        failures += 1
        trouble = failure
        let asked =
            switch failure.fate {
            case .notDone(let retryAfter): min(max(retryAfter ?? .zero, .zero), Self.longestRetryAfter)
            case .refused, .unknown: Duration.zero
            }
        return Self.wait(atLeast: asked, random: ceiling, atMost: limit)
    }

    /// Counts another look at something that has not come to pass yet.
    mutating func pause(atMost limit: Duration? = nil) -> Wait {
        failures += 1
        return Self.wait(atLeast: .zero, random: ceiling, atMost: limit)
    }

    /// The pause before something of which only so many may be tried is tried again.
    ///
    /// - Parameter number: which pause it is, from 1: at least 1, 4, 16 and then 30 s.
    static func spaced(_ number: Int) -> Wait {
        let least = min(cap, first * (1 << (2 * min(number - 1, 3))))
        return wait(atLeast: least, random: least, atMost: nil)
    }

    mutating func reset() {
        self = Backoff()
    }

    private var ceiling: Duration {
        // 2^5 s is past the cap already.
        min(Self.cap, Self.first * (1 << min(failures - 1, 5)))
    }

    private static func wait(atLeast floor: Duration, random: Duration, atMost limit: Duration?) -> Wait {
        let total = min(floor + random, max(limit ?? floor + random, .zero))
        guard total > .zero else { return Wait(.zero) }
        return Wait(total, jitter: max(total - floor, .zero) / total)
    }
}
