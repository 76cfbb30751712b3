/// How many models a resource holds and may hold.
package struct ResourceRoom: Codable, Hashable, Sendable {
    package let count: Int
    package let limit: Int

    package init(count: Int, limit: Int) {
        self.count = count
        self.limit = limit
    }

    /// Why one more would not fit, if it would not.
    var problem: CopyProblem? {
        guard count >= limit else { return nil }
        return CopyProblem(.targetLimitReached, "The target resource has \(text) already.")
    }

    /// e.g. `13 of 5000 models`
    var text: String { "\(count) of \(limit) models" }
}
