/// How evenly copies were polled.
struct GapFigures: Sendable, Equatable {
    let count: Int
    let p01: Double
    let p50: Double
    let p99: Double
    let min: Double
    let max: Double
    /// The share of gaps from 850 to 1150 ms.
    let withinShare: Double

    /// The figures of gaps in microseconds; nil when there are none.
    init?(microseconds gaps: [Int32]) {
        let sorted = gaps.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        func rank(_ share: Double) -> Double {
            // Nearest rank: the smallest gap that at least this share does not exceed.
            let position = Int((share * Double(sorted.count)).rounded(.up)) - 1
            return Double(sorted[Swift.min(Swift.max(position, 0), sorted.count - 1)]) / 1_000
        }
        count = sorted.count
        p01 = rank(0.01)
        p50 = rank(0.50)
        p99 = rank(0.99)
        min = Double(first) / 1_000
        max = Double(last) / 1_000
        withinShare = Double(sorted.count { (850_000...1_150_000).contains($0) }) / Double(sorted.count)
    }

    var json: JSON {
        [
            "count": .count(count), "p01": .milliseconds(p01), "p50": .milliseconds(p50),
            "p99": .milliseconds(p99), "min": .milliseconds(min), "max": .milliseconds(max),
            "withinShare": .number(withinShare),
        ]
    }
}
