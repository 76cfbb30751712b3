/// Counts calls by the second.
struct RateWindow: Sendable {
    private var second: Int64 = 0
    private var used = 0

    /// Whether one more call is allowed at `now`; counts it if it is.
    mutating func admits(at now: Moment, allowance: Int) -> Bool {
        if now.unixSeconds != second {
            second = now.unixSeconds
            used = 0
        }
        guard used < allowance else { return false }
        used += 1
        return true
    }
}
