import AMQP
import ArgumentParser
import CommandLineClient

struct ParkingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parking",
        abstract: "Shows messages that the workers put aside, and sends them back or drops them.",
        discussion: """
            What a worker refuses is put aside with the reason, and 'rejected' is published. A message is named by its \
            number in the list, by the digest that the list shows (the end of the rejected event's id), by its \
            request's id, or by its message-id. A number means that place only, and what would mean different \
            messages, by an id and a digest for example, is refused. Numbers change when messages are taken away; \
            digests and ids do not. \
            A command looks at the first \(ParkingLot.Room().messages) messages, or at fewer if large ones of \
            \(ParkingLot.Room().largeBytes >> 20) MiB are among them, and says if there may be more.

            EXAMPLES
              copyctl parking list
              copyctl parking show 3fa9c1d2
              copyctl parking replay --all
              copyctl parking drop dr-2026-11-21-invoices
            """,
        subcommands: [List.self, Show.self, Replay.self, Drop.self]
    )

    struct Access: ParsableArguments {
        @OptionGroup(title: "Queues")
        var pool: PoolOptions

        @OptionGroup
        var time: TimeoutOptions

        @OptionGroup(title: "Broker")
        var broker: BrokerOptions

        func lot() throws -> ParkingLot {
            ParkingLot(pool.parking, broker: try broker.access(), timeout: time.timeout)
        }
    }

    struct Choice: ParsableArguments {
        @Argument(help: ArgumentHelp("A number, a digest, a request's id or a message-id.", valueName: "message"))
        var messages: [String] = []

        @Flag(help: "All that are there.")
        var all = false

        func validate() throws {
            guard all == messages.isEmpty else { throw ValidationError("name messages, or give --all") }
        }

        var selection: ParkingLot.Selection { all ? .all : .these(messages) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists them, oldest first; nothing is taken away.",
            discussion: """
                While it looks, for about a second, another reader of the queue finds it empty; then everything is \
                back in its place.
                """
        )

        @Flag(help: "As JSON, one a line.")
        var json = false

        @OptionGroup var access: Access

        func run() async throws {
            let rows = try await look(access).messages.map { json ? $0.json : $0.line }
            Terminal.list(rows, ParkedMessage.listing, asJSON: json)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one whole: headers and body.")

        @Argument(help: ArgumentHelp("A number, a digest, a request's id or a message-id.", valueName: "message"))
        var message: String

        @OptionGroup var access: Access

        func run() async throws {
            let reports = Reports()
            switch try await look(access).meaning(of: message) {
            case .nothing: reports.take(.unknown(message))
            case .doubtful(let why): reports.take(.doubtful(why))
            case .these(let meant): Terminal.print(meant.map(\.full).joined(separator: "\n\n") + "\n")
            }
            try reports.end()
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends messages back, in their order.",
            discussion: """
                Commands go to the queue of commands, everything else to the queue of requests.

                Do this after the reason is mended, e.g. a route was added. A message is taken away only when the \
                broker has confirmed the new one; should this command die in between, it is in both places, and the \
                same request twice is one copy.
                """
        )

        @OptionGroup var choice: Choice
        @OptionGroup var access: Access

        func run() async throws {
            try await settle(choice, access) { (lot, selection, report) async throws(AMQPError) in
                try await lot.replay(selection, report: report)
            }
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes messages away for good.",
            discussion: "What was dropped is gone; 'show' it first if its sender does not have it."
        )

        @OptionGroup var choice: Choice
        @OptionGroup var access: Access

        func run() async throws {
            try await settle(choice, access) { (lot, selection, report) async throws(AMQPError) in
                try await lot.drop(selection, report: report)
            }
        }
    }
}

/// Does something with chosen messages and tells what came of each.
private func settle(
    _ choice: ParkingCommand.Choice,
    _ access: ParkingCommand.Access,
    _ act: (ParkingLot, ParkingLot.Selection, @Sendable (ParkingLot.Report) -> Void) async throws(AMQPError) -> Void
) async throws {
    let reports = Reports()
    try await visit(
        { (lot: ParkingLot) async throws(AMQPError) in try await act(lot, choice.selection) { reports.take($0) } },
        access
    )
    try reports.end()
}

/// What is there; says if there may be more.
private func look(_ access: ParkingCommand.Access) async throws -> ParkedList {
    let list = try await visit({ (lot: ParkingLot) async throws(AMQPError) in try await lot.list() }, access)
    if let cutOff = list.cutOff { Reports().take(.cutOff(cutOff)) }
    return list
}

/// Runs something on the parking queue; tells what the broker has against it.
private func visit<Result: Sendable>(
    _ body: (ParkingLot) async throws(AMQPError) -> Result,
    _ access: ParkingCommand.Access
) async throws -> Result {
    let lot = try access.lot()
    do throws(AMQPError) {
        return try await body(lot)
    } catch {
        Terminal.complain("copyctl: \(error.message)\n")
        throw CommandStatus(error).asError
    }
}
