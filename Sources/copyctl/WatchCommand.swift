import AMQP
import ArgumentParser
import CommandLineClient
import CopyContract
import CopyDomain

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Shows the events of copies as they come.",
        discussion: """
            Nothing is taken away from other readers: the events come over a queue of their own that ends with the \
            command. Events from before it, or from while the connection was down, are not shown.

            EXAMPLES
              copyctl watch
              copyctl watch --event failed --event rejected --resource invoices-eastus
              copyctl watch --id dr-2026-11-21-invoices --json
            """
    )

    @Option(
        name: .customLong("id"),
        help: ArgumentHelp("Only events of this request; may be repeated.", valueName: "id")
    )
    var ids: [String] = []

    @Option(name: .customLong("kind"), help: ArgumentHelp("Only this kind; may be repeated.", valueName: "kind"))
    var kinds: [String] = []

    @Option(
        name: .customLong("event"),
        help: ArgumentHelp(
            "Only accepted, started, progress, succeeded, failed, cancelled, checked or rejected; may be repeated.",
            valueName: "event"
        )
    )
    var events: [EventName] = []

    @Option(
        name: .customLong("resource"),
        help: ArgumentHelp("Only copies from or to this resource; may be repeated.", valueName: "resource")
    )
    var resources: [String] = []

    @Flag(help: "Print the events as JSON, one a line.")
    var json = false

    @Option(help: ArgumentHelp("End after so many events.", valueName: "number"))
    var count: Int?

    @OptionGroup(title: "Broker")
    var broker: BrokerOptions

    func validate() throws {
        if let count, count < 1 { throw ValidationError("--count is at least 1") }
        let known = CopyKind.allCases.map(\.rawValue)
        for kind in kinds where !known.contains(kind) {
            throw ValidationError("--kind \"\(kind)\": known are \(known.joined(separator: ", "))")
        }
    }

    func run() async throws {
        let filter = EventFilter(ids: ids, kinds: kinds, events: events, resources: resources)
        let watch = Watch(filter, broker: try broker.access())
        let (json, limit) = (json, count)
        do {
            try await watch.run(upTo: limit) { notice in
                switch notice {
                case .watching: Terminal.complain("copyctl: watching\n")
                case .event(let received):
                    Terminal.print((json ? received.json : EventLine.full(received.event)) + "\n")
                case .unreadable(let error): Terminal.complain("copyctl: a message that is no event: \(error)\n")
                case .lost(let error): Terminal.complain("copyctl: connection lost (\(error.message)); trying again\n")
                case .outage(let notice): Terminal.complain("copyctl: \(notice)\n")
                }
            }
        } catch let error as AMQPError {
            Terminal.complain("copyctl: \(error.message)\n")
            throw (error.replyCode == 404 ? CommandStatus.rejected : .unreachable).asError
        }
    }
}

extension EventName: ExpressibleByArgument {}
