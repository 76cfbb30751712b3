import ArgumentParser
import CommandLineClient
import CopyDomain
import CopyJournal

struct OrphansCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orphans",
        abstract: "Lists what copies left, or may have left, in Azure, and what is to become of it.",
        discussion: """
            The workers' janitor looks after it: what is exactly explained is deleted when it is due. What only a \
            person can decide stands here until it is gone from Azure, which the janitor finds out within a day, or \
            until somebody says by 'settle' that it is needed or was seen to.

            EXAMPLES
              copyctl orphans
              copyctl orphans --needs-person --json
              copyctl orphans settle 7
            """,
        subcommands: [List.self, Settle.self],
        defaultSubcommand: List.self
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists it, oldest first; nothing is changed. This is the default."
        )

        @Flag(help: "Only what needs a person.")
        var needsPerson = false

        @Flag(help: "As JSON, one a line.")
        var json = false

        @OptionGroup var options: JournalOptions

        func run() async throws {
            try await options.withJournal(of: try options.configuration()) { journal in
                var rows: [String] = []
                for obligation in try await journal.obligations() where !needsPerson || obligation.needsPerson {
                    let debtor = try await debtor(of: obligation, in: journal)
                    let line = OrphanLine(obligation, of: debtor, now: .now)
                    rows.append(json ? line.json : line.text)
                }
                rows += try await journal.unreadableObligations().map { json ? $0.json : $0.text }
                Terminal.list(rows, OrphanLine.listing, asJSON: json)
            }
        }

        /// A damaged record spoils its own lines only.
        private func debtor(
            of obligation: RecordedObligation,
            in journal: any Journal
        ) async throws(JournalError) -> OrphanLine.Debtor {
            do {
                guard let entry = try await journal.find(obligation.request) else { return .unknown }
                return entry.outcome == nil ? .underWay : .ended
            } catch  where error.code == .unreadable {
                return .unreadable(error.message)
            }
        }
    }

    struct Settle: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says that a person has seen to it: nobody looks at it any more.",
            discussion: """
                Nothing is deleted in Azure by this. Do it when what is there is needed, or was deleted and the janitor \
                need not look first. A request is forgotten, after its time, when nothing of it stands here any more.
                """
        )

        @Argument(help: ArgumentHelp("The numbers in the list.", valueName: "number"))
        var numbers: [Int64]

        @OptionGroup var options: JournalOptions

        func run() async throws {
            let isComplete = try await options.withJournal(of: try options.configuration()) { journal in
                let standing =
                    try await journal.obligations().map(\.number)
                    + journal.unreadableObligations().map(\.number)
                for number in numbers where standing.contains(number) {
                    try await journal.record(.served("A person has seen to it."), of: number)
                    Terminal.print("\(number)\n")
                }
                let unknown = numbers.filter { !standing.contains($0) }
                for number in unknown { Terminal.complain("copyctl: nothing with the number \(number) stands\n") }
                return unknown.isEmpty
            }
            if !isComplete { throw CommandStatus.rejected.asError }
        }
    }
}
