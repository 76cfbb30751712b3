import ArgumentParser
import CopyDomain
import Simulation

/// Plays the crash matrix and prints it.
struct MatrixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matrix",
        abstract: "Strikes a worker in every state at every boundary, for every kind and version.",
        discussion: """
            A cell says how often the worker was struck there, and after an exclamation mark how many of these runs \
            violated something. Where several ways lead through a state, each is played.

            Exit status: 0 every place was struck as often as asked for and nothing was violated, 1 otherwise.
            """
    )

    @Option(help: "How often each cell is hit.")
    var runs = 20

    @Option(help: "Only kinds and versions whose name contains this.")
    var only: String?

    @Option(help: "Take a guard out: \(Sabotage.allCases.map(\.rawValue).joined(separator: ", ")).")
    var without: String?

    private struct Row: Hashable {
        let phase: Phase
        let boundary: Boundary
    }

    private struct Cell {
        var runs = 0
        var violations = 0
        /// On which ways the worker did not come by often enough.
        var shortOf: [CrashMatrix.Flow] = []
    }

    func validate() throws {
        guard runs > 0 else { throw ValidationError("--runs must be at least 1.") }
        if let without, Sabotage(rawValue: without) == nil {
            throw ValidationError("There is no guard \"\(without)\".")
        }
        guard CrashMatrix.Subject.all.contains(where: isChosen) else {
            let names = CrashMatrix.Subject.all.map(\.description).joined(separator: ", ")
            throw ValidationError("There is no kind or version \"\(only ?? "")\"; there are: \(names).")
        }
    }

    func run() throws {
        var total = Cell()
        var missed: [String] = []
        for subject in CrashMatrix.Subject.all where isChosen(subject) {
            let (rows, cells) = play(subject)
            print("\n\(subject)\n")
            let blows = Trap.Blow.allCases
            print("| state | boundary | \(blows.map(\.rawValue).joined(separator: " | ")) |")
            print("|" + String(repeating: "---|", count: blows.count + 2))
            for row in rows {
                let texts = blows.map { blow in
                    let cell = cells[row]?[blow] ?? Cell()
                    total.runs += cell.runs
                    total.violations += cell.violations
                    for flow in cell.shortOf {
                        let place = "\(row.phase.rawValue), \(row.boundary.rawValue)"
                        missed.append("\(subject), \(flow.rawValue), \(place), \(blow.rawValue)")
                    }
                    return "\(cell.runs)" + (cell.violations > 0 ? "!\(cell.violations)" : "")
                }
                print("| \(row.phase.rawValue) | \(row.boundary.rawValue) | \(texts.joined(separator: " | ")) |")
            }
        }
        print("\nruns: \(total.runs), with violations: \(total.violations)")
        for place in missed { print("struck less than \(runs) times: \(place)") }
        guard total.violations == 0, missed.isEmpty else { throw ExitCode(1) }
    }

    private func isChosen(_ subject: CrashMatrix.Subject) -> Bool {
        only.map(subject.description.contains) ?? true
    }

    private func play(_ subject: CrashMatrix.Subject) -> ([Row], [Row: [Trap.Blow: Cell]]) {
        var rows: [Row] = []
        var cells: [Row: [Trap.Blow: Cell]] = [:]
        for flow in subject.flows {
            for stop in CrashMatrix.stops(of: subject, flow) {
                let row = Row(phase: stop.place.phase, boundary: stop.place.boundary)
                // A state that several ways lead through is played on each of them.
                if cells[row] == nil { rows.append(row) }
                for blow in Trap.Blow.allCases {
                    let cell = play(subject, flow, stop, blow)
                    cells[row, default: [:]][blow, default: Cell()].runs += cell.runs
                    cells[row]?[blow]?.violations += cell.violations
                    if cell.runs < runs { cells[row]?[blow]?.shortOf.append(flow) }
                }
            }
        }
        let phases = Phase.allCases
        let boundaries = Boundary.allCases
        rows.sort { left, right in
            let one = (phases.firstIndex(of: left.phase) ?? 0, boundaries.firstIndex(of: left.boundary) ?? 0)
            let other = (phases.firstIndex(of: right.phase) ?? 0, boundaries.firstIndex(of: right.boundary) ?? 0)
            return one < other
        }
        return (rows, cells)
    }

    private func play(
        _ subject: CrashMatrix.Subject,
        _ flow: CrashMatrix.Flow,
        _ stop: CrashMatrix.Stop,
        _ blow: Trap.Blow
    ) -> Cell {
        var cell = Cell()
        for seed in 0..<UInt64(runs * 3) where cell.runs < runs {
            let (report, wasHit) = CrashMatrix.play(
                subject,
                flow,
                at: stop,
                blow,
                seed: seed,
                sabotage: without.flatMap(Sabotage.init)
            )
            guard wasHit else { continue }
            cell.runs += 1
            guard !report.violations.isEmpty else { continue }
            cell.violations += 1
            let place = "\(stop.place.phase.rawValue), \(stop.place.boundary.rawValue)"
            for violation in report.violations {
                print("\(subject), \(flow.rawValue), \(place), \(blow.rawValue), seed \(seed): \(violation)")
            }
            if cell.violations == 1 {
                let traced = CrashMatrix.play(subject, flow, at: stop, blow, seed: seed, isTraced: true)
                for line in traced.report.trace { print("    \(line)") }
            }
        }
        return cell
    }
}
