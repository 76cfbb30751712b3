import ArgumentParser
import CommandLineClient
import CopyDomain

struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Asks the pool to end copies before they are done.",
        discussion: """
            The command ends when the broker has taken the request to cancel, not when the copy has ended: its outcome \
            is 'cancelled', and says what was left behind, or it is the copy's own if the cancel came too late. Azure \
            cannot stop a copy that runs, so its end is waited for, some minutes at most, before its target is deleted.

            An id that no worker knows yet is cancelled as soon as its request comes. A request that has ended has its \
            outcome published once more.

            EXAMPLES
              copyctl cancel dr-2026-11-21-invoices
              copyctl cancel dr-1 dr-2 && copyctl watch --id dr-1 --id dr-2
            """
    )

    @Argument(help: ArgumentHelp("The requests' ids.", valueName: "id"))
    var ids: [String]

    @Option(help: ArgumentHelp("The queue of commands.", valueName: "name"))
    var commandsQueue = "copy.commands"

    @OptionGroup
    var time: TimeoutOptions

    @OptionGroup(title: "Broker")
    var broker: BrokerOptions

    func validate() throws {
        for id in ids where RequestID(rawValue: id) == nil {
            throw ValidationError(RequestID.complaint(about: id))
        }
    }

    func run() async throws {
        let cancel = Cancel(
            ids.compactMap(RequestID.init(rawValue:)),
            queue: commandsQueue,
            timeout: time.timeout,
            broker: try broker.access()
        )
        let status = await cancel.run(
            print: { Terminal.print($0) },
            complain: { Terminal.complain("copyctl: \($0)\n") }
        )
        if status != .success { throw status.asError }
    }
}
