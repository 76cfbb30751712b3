package import AMQP
import CopyContract

/// The queue of messages that were put aside for a person.
///
/// Looking is holding for a moment: the messages go back to their places when the connection closes, and the broker
/// counts that in headers that this tool does not show.
package struct ParkingLot: Sendable {
    package struct Names: Sendable {
        package var parking = "copy.parking"
        package var requests = "copy.requests"
        package var commands = "copy.commands"

        package init() {}
    }

    package enum Selection: Sendable {
        case all
        /// By what ``ParkedList/meaning(of:)`` understands.
        case these([String])
    }

    /// What was done with a message.
    package enum Report: Sendable {
        case done(ParkedMessage)
        case noQueue(ParkedMessage, String)
        case refused(ParkedMessage)
        /// Nothing is meant by this.
        case unknown(String)
        /// This may mean different messages, as the sentence says; nothing was done with them.
        case doubtful(String)
        /// There may be more, also of what is meant, behind what was looked at.
        case cutOff(ParkedList.CutOff)
        /// The same where all were meant.
        case notAll(ParkedList.CutOff)
    }

    /// How much is looked at in one go.
    package struct Room: Sendable {
        package var messages: UInt16 = 10_000
        /// Bytes of large bodies.
        package var largeBytes = LargeBody.room

        package init() {}
    }

    private static let acksAtOnce = 20
    private static let quiet: Duration = .seconds(1)

    private let names: Names
    private let broker: BrokerAccess
    private let timeout: Duration
    private let room: Room

    package init(_ names: Names, broker: BrokerAccess, timeout: Duration, room: Room = Room()) {
        self.names = names
        self.broker = broker
        self.timeout = timeout
        self.room = room
    }

    /// What is there, as far as there is room for it.
    package func list() async throws(AMQPError) -> ParkedList {
        try await visit { _, held in list(held) }
    }

    /// Sends messages back, in their order: commands to the queue of commands, all else to the queue of requests, also
    /// what was under way and had come from another queue. On the way a message loses the headers of the time in which
    /// it was put aside. If it is put aside once more, it is not sent again by the same command. Each is taken away only when the broker has
    /// confirmed the new one: whoever dies in between leaves it in both places, and the same request twice is one.
    package func replay(
        _ selection: Selection,
        report: @Sendable (Report) -> Void
    ) async throws(AMQPError) {
        let mark = "\(broker.random())"
        try await visit { visit, held throws(AMQPError) in
            let chosen = chosen(held, selection, report).filter { $0.parked.mark != mark }
            // Where large messages are held, no confirm is read on their connection.
            try await broker.visit(as: "copyctl parking replay", within: timeout) { sender throws(AMQPError) in
                try await sender.selectConfirms()
                for item in chosen {
                    let destination = item.parked.origin == names.commands ? names.commands : names.requests
                    switch try await sender.publish(again(item.parked.message, to: destination, mark)) {
                    case .taken:
                        try await visit.settle([.ack(tag: item.tag)])
                        report(.done(item.parked))
                    case .refused: return report(.refused(item.parked))
                    case .unroutable: return report(.noQueue(item.parked, destination))
                    }
                }
                await letAcksArrive()
            }
        }
    }

    /// Takes messages away for good.
    package func drop(_ selection: Selection, report: @Sendable (Report) -> Void) async throws(AMQPError) {
        try await visit { visit, held throws(AMQPError) in
            let chosen = chosen(held, selection, report)
            switch selection {
            case .all:
                try await visit.settle(chosen.map { .ack(tag: $0.tag) })
            case .these:
                for (index, item) in chosen.enumerated() {
                    try await visit.settle([.ack(tag: item.tag)])
                    if index % Self.acksAtOnce == 0 { await letAcksArrive() }
                }
            }
            await letAcksArrive()
            for item in chosen { report(.done(item.parked)) }
        }
    }

    private struct Held: Sendable {
        let parked: ParkedMessage
        let tag: UInt64
    }

    private func visit<Result: Sendable>(
        _ body: @Sendable (QueueVisit, [Held]) async throws(AMQPError) -> Result
    ) async throws(AMQPError) -> Result {
        try await broker.visit(as: "copyctl parking", within: timeout) { visit throws(AMQPError) in
            try await visit.consume(names.parking, prefetch: room.messages)
            let held = try await visit.deliveries(quietFor: Self.quiet)
            return try await body(
                visit,
                held.enumerated().map { index, delivery in
                    Held(parked: ParkedMessage(number: index + 1, delivery.message), tag: delivery.deliveryTag)
                }
            )
        }
    }

    /// Nothing answers an acknowledgement, and a quorum queue's channel loses those that it keeps back when the
    /// connection closes (seen on RabbitMQ 3.10.8).
    private func letAcksArrive() async {
        try? await broker.clock.sleep(for: .milliseconds(200))
    }

    private func list(_ held: [Held]) -> ParkedList {
        ParkedList(held.map(\.parked), room: room)
    }

    private func chosen(_ held: [Held], _ selection: Selection, _ report: (Report) -> Void) -> [Held] {
        let list = list(held)
        switch selection {
        case .all:
            if let cutOff = list.cutOff { report(.notAll(cutOff)) }
            return held
        case .these(let texts):
            if let cutOff = list.cutOff { report(.cutOff(cutOff)) }
            var numbers: Set<Int> = []
            for text in texts {
                switch list.meaning(of: text) {
                case .nothing: report(.unknown(text))
                case .doubtful(let why): report(.doubtful(why))
                case .these(let messages): numbers.formUnion(messages.map(\.number))
                }
            }
            return held.filter { numbers.contains($0.parked.number) }
        }
    }

    private func again(_ parked: AMQPMessage, to queue: String, _ mark: String) -> OutgoingMessage {
        var message = parked
        message.headers.fields.removeAll {
            CarriedHeader.all.contains($0.name) || CarriedHeader.broker.contains($0.name)
        }
        message.headers[CarriedHeader.replayed] = .string(mark)
        message.userID = nil
        message.deliveryMode = 2
        return OutgoingMessage(exchange: "", routingKey: queue, mandatory: true, message: message)
    }
}

extension ParkedMessage {
    fileprivate var mark: String? { message.headers[CarriedHeader.replayed]?.text }
}

extension BrokerAccess {
    func visit<Result: Sendable>(
        as name: String,
        within limit: Duration,
        _ body: @Sendable (QueueVisit) async throws(AMQPError) -> Result
    ) async throws(AMQPError) -> Result {
        try await QueueVisit.with(
            endpoints,
            as: name,
            over: transport,
            clock: clock,
            random: random(),
            within: limit,
            body
        )
    }
}
