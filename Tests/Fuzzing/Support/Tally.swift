import Synchronization

/// How often what was reached: coverage that a person can read.
enum Tally {
    private static let counts = Mutex<[String: Int]>([:])

    static func count(_ what: String) {
        counts.withLock { $0[what, default: 0] += 1 }
    }

    /// One line `tally NAME=COUNT ...`.
    static func print() {
        let counts = counts.withLock { $0 }
        Swift.print("tally " + counts.keys.sorted().map { "\($0)=\(counts[$0] ?? 0)" }.joined(separator: " "))
    }
}
