import ArgumentParser
import CommandLineClient

/// The queues that a pool of workers serves, where they have other names than usual.
struct PoolOptions: ParsableArguments {
    static let requestsQueueNames: NameSpecification = [.customLong("requests-queue"), .customLong("queue")]

    @Option(name: Self.requestsQueueNames, help: ArgumentHelp("The queue of requests.", valueName: "name"))
    var requestsQueue = "copy.requests"

    @Option(help: ArgumentHelp("The queue of commands.", valueName: "name"))
    var commandsQueue = "copy.commands"

    @Option(help: ArgumentHelp("The queue of messages that were put aside.", valueName: "name"))
    var parkingQueue = "copy.parking"

    var parking: ParkingLot.Names {
        var names = ParkingLot.Names()
        names.requests = requestsQueue
        names.commands = commandsQueue
        names.parking = parkingQueue
        return names
    }
}

/// How long a command may take.
struct TimeoutOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Give up after this time, e.g. 90s or 5m.", valueName: "duration"),
        transform: duration(of:)
    )
    var timeout: Duration = .seconds(60)
}
