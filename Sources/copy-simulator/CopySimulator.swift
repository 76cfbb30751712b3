import ArgumentParser
import Glibc
import Simulation

/// Plays seeds of the simulated world.
@main
struct CopySimulator: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy-simulator",
        abstract: "Runs the worker's own code in simulated worlds in which everything goes wrong that can.",
        discussion: """
            A seed decides a whole world: what is asked for, what fails when, and the order of every step. The same \
            seed and commit play the same world again, to the last step; --seed S --trace tells what happened in it.

            Exit status: 0 nothing was violated, 1 something was, 2 a process ended before its seeds did.
            """,
        subcommands: [SeedsCommand.self, MatrixCommand.self],
        defaultSubcommand: SeedsCommand.self
    )

    static func main() {
        Reproducibility.ensure()
        self.main(nil)
    }
}
