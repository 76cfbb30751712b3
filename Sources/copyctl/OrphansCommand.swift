import ArgumentParser
import CommandLineClient
import CopyDomain
import CopyJournal

struct OrphansCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orphans",
        abstract: "Lists what copies left, or may have left, in Azure, and what is to become of it.",
        discussion: """
            The workers' janitor looks after it: what is exactly explained is deleted when it is due; what only a \
            person can decide stands here until somebody has deleted it in Azure or knows that it is needed. Nothing \
            is changed by this command.

            EXAMPLES
              copyctl orphans
              copyctl orphans --needs-person --json
            """
    )

    @Flag(help: "Only what needs a person.")
    var needsPerson = false

    @Flag(help: "As JSON, one a line.")
    var json = false

    @OptionGroup var options: JournalOptions

    func run() async throws {
        try await options.withJournal(of: try options.configuration()) { journal in
            let debts = try await journal.obligations().filter { !needsPerson || $0.nextLook == nil }
            for debt in debts {
                let hasEnded = try await journal.find(debt.request)?.outcome != nil
                let line = OrphanLine(debt, hasEnded: hasEnded, now: .now)
                Terminal.print((json ? line.json : line.text) + "\n")
            }
        }
    }
}
