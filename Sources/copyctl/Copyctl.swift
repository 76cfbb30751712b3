import ArgumentParser
import CommandLineClient
import CopyRuntime

@main
struct Copyctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copyctl",
        abstract: "Asks for copies of Azure AI models and projects, and shows how they get on.",
        discussion: """
            Requests go to the queue that the pool of copy-workers serves; their outcomes come back as events. \
            'copyctl help submit' and 'copyctl help watch' show examples.

            The broker is named by --broker or COPYCTL_BROKER. Its password can stand in the URI, or come from \
            --password-file or COPYCTL_PASSWORD, where no list of processes shows it.

            EXIT STATUS
              0  done; with --wait: every copy succeeded; with --check: no problem was found
              1  a copy failed or was cancelled; with --check: there is a problem
              2  the command line or a request is wrong; nothing was sent
              3  a request was refused, by a worker or by the broker (no such queue); a message or a journal was not
                 what the command wants
              4  the broker or the journal could not be reached, or an outcome did not come in time
            """,
        version: Version.text,
        subcommands: [
            SubmitCommand.self, WatchCommand.self, CancelCommand.self, ParkingCommand.self, OrphansCommand.self,
            JournalCommand.self,
        ]
    )

    /// As the library does it, but with this program's exit statuses.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            if !text.isEmpty { (code.isSuccess ? Terminal.print : Terminal.complain)(text + "\n") }
            Terminal.leave(code == .validationFailure ? CommandStatus.usage.rawValue : code.rawValue)
        }
    }
}

extension CommandStatus {
    /// Ends the command with this status.
    var asError: ExitCode { ExitCode(rawValue) }
}
