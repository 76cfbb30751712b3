import AMQP
import ArgumentParser
import CommandLineClient
import CopyDomain
import CopyJournal
import CopyRuntime
import RabbitMQTransport
import WorkerConfiguration

struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Shows what the journal knows and which one the workers of a queue share, and changes that.",
        discussion: """
            All workers of a queue share one journal: what it says has been done is not done again. The queue \
            copy.journal remembers which one it is and how far it had come, so that a worker with another journal, or \
            with an older copy of it, takes no request and says why.
            """,
        subcommands: [Show.self, Request.self, Accept.self]
    )

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says whether the configured journal is the one that the workers of the queue share.",
            discussion: "Changes nothing. Ends with 3 if it is not, or if no worker has registered one yet."
        )

        @OptionGroup var options: JournalOptions

        func run() async throws {
            let configuration = try options.configuration()
            try await options.withJournal(of: configuration) { journal in
                let agreement = JournalAgreement(
                    register: register(of: configuration, isReadOnly: true),
                    journal: journal
                )
                try await tell(configuration) { () async throws(AMQPError) in try await agreement.look() }
            }
        }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes the configured journal the one that the workers of the queue share.",
            discussion: """
                Do this when the shared journal is lost and this one is to take its place: a copy from before, or a \
                new one. Stop the workers that use another journal first.

                Requests that were accepted after the copy was made, or by the lost journal, are not known to this \
                one. If their messages are still in the queues they run again, and what they had made in Azure by then \
                is named by no outcome and no obligation; if they are not, nothing brings them back. Requests that had \
                ended run again when somebody sends them again.
                """
        )

        @OptionGroup var options: JournalOptions

        func run() async throws {
            let configuration = try options.configuration()
            try await options.withJournal(of: configuration) { journal in
                let agreement = JournalAgreement(
                    register: register(of: configuration, isReadOnly: false),
                    journal: journal
                )
                try await tell(configuration) { () async throws(AMQPError) in try await agreement.accept() }
            }
        }
    }

    struct Request: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "request",
            abstract: "Shows what the journal knows about a request: how far it is, who runs it, what it owes.",
            discussion: """
                Changes nothing. Ends with 3 if the journal does not know the request, or if what it holds about it \
                is damaged.
                """
        )

        @Argument(help: ArgumentHelp("The request's id.", valueName: "id"))
        var id: String

        @Flag(help: "As JSON.")
        var json = false

        @OptionGroup var options: JournalOptions

        func validate() throws {
            if RequestID(rawValue: id) == nil { throw ValidationError(RequestID.complaint(about: id)) }
        }

        func run() async throws {
            guard let id = RequestID(rawValue: id) else { return }
            try await options.withJournal(of: try options.configuration()) { journal in
                guard let entry = try await journal.find(id) else {
                    Terminal.complain("copyctl: the journal does not know the request \(id.rawValue)\n")
                    throw CommandStatus.rejected.asError
                }
                let owed = try await journal.obligations().filter { $0.request == id }
                let record = RequestRecord(entry, owing: owed, now: .now)
                Terminal.print((json ? record.json : record.text) + "\n")
                if entry.damage != nil { throw CommandStatus.rejected.asError }
            }
        }
    }
}

private func register(of configuration: WorkerConfiguration, isReadOnly: Bool) -> AMQPRegister {
    configuration.register(
        connectionName: "copyctl journal",
        isReadOnly: isReadOnly,
        transport: RabbitMQTransport()
    )
}

private func tell(
    _ configuration: WorkerConfiguration,
    _ verdict: () async throws(AMQPError) -> JournalAgreement.Verdict
) async throws {
    let answer: JournalAgreement.Verdict
    do throws(AMQPError) {
        answer = try await verdict()
    } catch {
        Terminal.complain("copyctl: \(error.message)\n")
        throw CommandStatus(error).asError
    }
    let sentence = answer.sentence(configuration.settings.names)
    switch answer {
    case .agreed: Terminal.print(sentence + "\n")
    case .journalAway(let error): throw error
    case .other, .restored, .unregistered, .unreadable:
        Terminal.complain("copyctl: \(sentence)\n")
        throw CommandStatus.rejected.asError
    }
}
