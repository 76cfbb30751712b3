import ArgumentParser
import Glibc
import Simulation

/// Plays many seeds, or one and tells of it.
struct SeedsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seeds",
        abstract: "Plays seeds and counts what went wrong and what was violated."
    )

    @Option(help: "How many seeds.")
    var seeds: UInt64 = 1

    @Option(help: "The first seed.")
    var first: UInt64 = 0

    @Option(help: "How many processes share the seeds.")
    var jobs = 1

    @Option(help: "Play this seed alone.")
    var seed: UInt64?

    @Flag(help: "Tell everything that happened.")
    var trace = false

    @Flag(help: "Print every seed with the hash of its schedule.")
    var hashes = false

    @Option(help: "Begin no more seeds after so many seconds.")
    var timeLimit: Double?

    @Option(help: "Take a guard out: \(Sabotage.allCases.map(\.rawValue).joined(separator: ", ")).")
    var without: String?

    @Option(help: "Let only this go wrong, e.g. \"death\"; more than one may be given.")
    var only: [String] = []

    @Flag(help: .hidden)
    var machineReadable = false

    func validate() throws {
        if let without, Sabotage(rawValue: without) == nil {
            throw ValidationError("There is no guard \"\(without)\"; there are: \(Sabotage.allCases.map(\.rawValue)).")
        }
        for blow in only where Blow(rawValue: blow) == nil {
            throw ValidationError("\"\(blow)\" never goes wrong; there are: \(Blow.allCases.map(\.rawValue)).")
        }
        guard jobs > 0 else { throw ValidationError("--jobs must be at least 1.") }
        guard !trace || seed != nil else { throw ValidationError("--trace tells of one seed: name it with --seed.") }
    }

    func run() throws {
        if let seed { return try tell(of: seed) }
        let tally = jobs > 1 ? try Children.play(self) : play()
        if machineReadable {
            print(tally.line)
        } else {
            print(tally.text)
        }
        guard tally.violations.isEmpty else { throw ExitCode(1) }
    }

    private func play(_ seed: UInt64, isTraced: Bool = false) -> SeedReport {
        World.play(
            seed: seed,
            blows: only.isEmpty ? nil : only.compactMap(Blow.init),
            sabotage: without.flatMap(Sabotage.init),
            isTraced: isTraced
        )
    }

    private func tell(of seed: UInt64) throws {
        let begun = Stopwatch(.processor)
        let report = play(seed, isTraced: trace)
        for line in report.trace { print(line) }
        var tally = Tally()
        tally.add(report, milliseconds: begun.milliseconds)
        print("seed \(seed) \(report.hash)")
        print(tally.text)
        for violation in report.violations { print("violation: \(violation)") }
        guard report.violations.isEmpty else { throw ExitCode(1) }
    }

    private func play() -> Tally {
        var tally = Tally()
        let begun = Stopwatch(.wall)
        for seed in first..<(first + seeds) {
            if let timeLimit, begun.milliseconds > timeLimit * 1000 { break }
            let stopwatch = Stopwatch(.processor)
            let report = play(seed)
            tally.add(report, milliseconds: stopwatch.milliseconds)
            if hashes { print("\(seed) \(report.hash)") }
            guard !report.violations.isEmpty else { continue }
            for violation in report.violations { print("seed \(seed): \(violation)") }
            fflush(nil)
        }
        return tally
    }
}
