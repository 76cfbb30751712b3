/// What became of one seed.
package struct SeedReport: Sendable {
    package let seed: UInt64
    package let hash: ScheduleHash
    /// How long the world lasted on its own clock.
    package let simulated: Duration
    package let jobs: Int
    package let requests: Int
    /// How often each kind of thing went wrong.
    package let blows: [Blow: Int]
    package let violations: [Violation]
    /// Empty unless it was asked for.
    package let trace: [String]
}
