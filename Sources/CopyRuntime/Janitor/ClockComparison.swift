import CopyDomain

/// Holds the wall clock against one that nobody can set: what is forgotten by its age is forgotten for ever.
struct ClockComparison: Sendable {
    /// Time servers move a clock by less in an hour.
    private static let tolerance: Duration = .seconds(60)

    private var wall: Timestamp
    /// In nanoseconds; counts the machine's sleep.
    private var steady: UInt64

    init(_ surroundings: Surroundings) {
        wall = surroundings.now()
        steady = surroundings.suspensionClock()
    }

    /// Whether both have come as far since the last time this was asked.
    mutating func agree(_ surroundings: Surroundings) -> Bool {
        let before = self
        self = ClockComparison(surroundings)
        let passed = Duration.nanoseconds(Int64(clamping: steady &- before.steady))
        let difference = wall.since(before.wall) - passed
        return difference <= Self.tolerance && difference >= .zero - Self.tolerance
    }
}
