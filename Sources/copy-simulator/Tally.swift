import Simulation

/// What many seeds came to. It travels from a child to its parent as one line.
struct Tally {
    private(set) var seeds = 0
    private(set) var requests = 0
    private(set) var jobs = 0
    private(set) var simulatedSeconds: Int64 = 0
    private(set) var blows: [String: Int] = [:]
    private(set) var violations: [String: Int] = [:]
    private(set) var failedSeeds: [UInt64] = []
    /// Tenths of a millisecond per seed, by how often.
    private var times: [Int: Int] = [:]

    mutating func add(_ report: SeedReport, milliseconds: Double) {
        seeds += 1
        requests += report.requests
        jobs += report.jobs
        simulatedSeconds += report.simulated.components.seconds
        for (blow, count) in report.blows { blows[blow.rawValue, default: 0] += count }
        for violation in report.violations { violations[violation.checker.rawValue, default: 0] += 1 }
        if !report.violations.isEmpty { failedSeeds.append(report.seed) }
        times[Int(milliseconds * 10), default: 0] += 1
    }

    mutating func add(_ other: Tally) {
        seeds += other.seeds
        requests += other.requests
        jobs += other.jobs
        simulatedSeconds += other.simulatedSeconds
        blows.merge(other.blows, uniquingKeysWith: +)
        violations.merge(other.violations, uniquingKeysWith: +)
        failedSeeds = (failedSeeds + other.failedSeeds).sorted()
        times.merge(other.times, uniquingKeysWith: +)
    }

    // MARK: - For people

    var text: String {
        var lines = [
            "seeds: \(seeds), requests: \(requests), simulated time: \(Self.duration(simulatedSeconds)), jobs: \(jobs)",
            "milliseconds of processor time per seed: median \(percentile(0.5)), p99 \(percentile(0.99)), most \(percentile(1))",
            "went wrong: " + (blows.isEmpty ? "nothing" : Self.list(blows)),
            "violations: " + (violations.isEmpty ? "none" : Self.list(violations)),
        ]
        if !failedSeeds.isEmpty {
            let shown = failedSeeds.prefix(20).map(String.init).joined(separator: " ")
            lines.append("seeds that failed: \(failedSeeds.count): \(shown)\(failedSeeds.count > 20 ? " ..." : "")")
        }
        return lines.joined(separator: "\n")
    }

    private static func list(_ counts: [String: Int]) -> String {
        counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }

    private static func duration(_ seconds: Int64) -> String {
        let hours = seconds / 3600
        return hours < 48 ? "\(hours) h \(seconds % 3600 / 60) min" : "\(hours / 24) days \(hours % 24) h"
    }

    /// Nearest rank.
    private func percentile(_ share: Double) -> Double {
        let rank = max(1, Int((share * Double(seeds)).rounded(.up)))
        var passed = 0
        for (time, count) in times.sorted(by: { $0.key < $1.key }) {
            passed += count
            if passed >= rank { return Double(time) / 10 }
        }
        return 0
    }

    // MARK: - For the parent

    static let mark = "tally\t"

    var line: String {
        let parts = [
            "\(seeds)", "\(requests)", "\(jobs)", "\(simulatedSeconds)", Self.packed(blows), Self.packed(violations),
            failedSeeds.map(String.init).joined(separator: ";"),
            times.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";"),
        ]
        return Self.mark + parts.joined(separator: "\t")
    }

    init() {}

    /// `nil`: the line is no tally.
    init?(line: String) {
        guard line.hasPrefix(Self.mark) else { return nil }
        let parts = line.dropFirst(Self.mark.count).split(separator: "\t", omittingEmptySubsequences: false)
        guard parts.count == 8, let seeds = Int(parts[0]), let requests = Int(parts[1]), let jobs = Int(parts[2]),
            let seconds = Int64(parts[3])
        else { return nil }
        self.seeds = seeds
        self.requests = requests
        self.jobs = jobs
        simulatedSeconds = seconds
        blows = Self.counts(parts[4])
        violations = Self.counts(parts[5])
        failedSeeds = parts[6].split(separator: ";").compactMap { UInt64($0) }
        for (time, count) in Self.counts(parts[7]) { times[Int(time) ?? 0] = count }
    }

    private static func packed(_ counts: [String: Int]) -> String {
        counts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
    }

    private static func counts(_ text: Substring) -> [String: Int] {
        var counts: [String: Int] = [:]
        for item in text.split(separator: ";") {
            let pair = item.split(separator: "=")
            if pair.count == 2 { counts[String(pair[0])] = Int(pair[1]) }
        }
        return counts
    }
}
