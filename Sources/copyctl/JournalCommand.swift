import AMQP
import ArgumentParser
import CommandLineClient
import CopyJournal
import CopyRuntime
import RabbitMQTransport
import WorkerConfiguration

struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Shows which journal the workers of a queue share, and changes that.",
        discussion: """
            All workers of a queue share one journal: what it says has been done is not done again. The queue \
            copy.journal remembers which one it is and how far it had come, so that a worker with another journal, or \
            with an older copy of it, takes no request and says why.
            """,
        subcommands: [Show.self, Accept.self]
    )

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says whether the configured journal is the one that the workers of the queue share."
        )

        @OptionGroup var options: JournalOptions

        func run() async throws {
            let configuration = try options.configuration()
            try await options.withJournal(of: configuration) { journal in
                let agreement = JournalAgreement(register: configuration.register, journal: journal)
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
                let agreement = JournalAgreement(register: configuration.register, journal: journal)
                try await tell(configuration) { () async throws(AMQPError) in try await agreement.accept() }
            }
        }
    }
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
        throw CommandStatus.unreachable.asError
    }
    let sentence = answer.sentence(configuration.settings.names)
    guard case .agreed = answer else {
        Terminal.complain("copyctl: \(sentence)\n")
        throw CommandStatus.rejected.asError
    }
    Terminal.print(sentence + "\n")
}

extension WorkerConfiguration {
    fileprivate var register: AMQPRegister {
        AMQPRegister(
            queue: settings.names.journal,
            mode: broker.topologyMode,
            endpoints: broker.nodes,
            connectionName: "copyctl journal",
            transport: RabbitMQTransport(),
            clock: ContinuousClock(),
            random: { .random(in: 0..<1) }
        )
    }
}
