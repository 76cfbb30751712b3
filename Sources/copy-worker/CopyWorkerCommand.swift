import ArgumentParser
import CopyRuntime
import WorkerHouse

@main
struct CopyWorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy-worker",
        abstract: "Copies Azure AI custom models and projects between resources, as messages on RabbitMQ ask for it.",
        discussion: """
            A worker takes copy requests from a queue, runs each over Azure, and publishes exactly one outcome per \
            request. Start as many as you like on one queue and one journal.
            """,
        version: Version.text,
        subcommands: [RunCommand.self, CheckCommand.self]
    )
}
