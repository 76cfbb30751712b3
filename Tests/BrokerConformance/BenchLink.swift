import AMQP
import Testing

/// A connection on the bench, whose events are read one by one.
final class BenchLink {
    /// What became of a published message.
    enum Answer: Hashable {
        case confirmed
        case refused
        /// It came back, and then was confirmed.
        case returned(UInt16)
    }

    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    let connection: any AMQPConnection
    private var iterator: AsyncStream<AMQPEvent>.Iterator
    private var published: UInt64 = 0

    init(_ connection: any AMQPConnection) {
        self.connection = connection
        iterator = connection.events.makeAsyncIterator()
    }

    func event() async throws -> AMQPEvent {
        guard let event = await iterator.next(isolation: #isolation) else {
            throw Missing(description: "There are no more events")
        }
        return event
    }

    /// The first event that `pick` takes; `nil` when there are no more.
    func next<Value>(_ pick: (AMQPEvent) -> Value?) async throws -> Value? {
        while let event = await iterator.next(isolation: #isolation) {
            if let value = pick(event) { return value }
        }
        return nil
    }

    /// The next event, which has to be a delivery.
    func delivery(sourceLocation: SourceLocation = #_sourceLocation) async throws -> RawDelivery {
        let event = try await event()
        guard case .delivered(let delivery) = event else {
            throw Missing(description: "Not a delivery, line \(sourceLocation.line): \(event)")
        }
        return delivery
    }

    func deliveries(_ count: Int) async throws -> [RawDelivery] {
        var deliveries: [RawDelivery] = []
        for _ in 0..<count { deliveries.append(try await delivery()) }
        return deliveries
    }

    /// Publishes and waits for the answer to each, on a connection with confirms whose next events these are.
    func publish(_ messages: [OutgoingMessage]) async throws -> [Answer] {
        try await connection.publish(messages)
        var answers = [Answer?](repeating: nil, count: messages.count)
        var returned: [String: UInt16] = [:]
        func answer(_ tag: UInt64, multiple: Bool, _ isConfirmed: Bool) throws {
            for index in multiple ? 0..<Int(tag - published) : Int(tag - published) - 1..<Int(tag - published) {
                guard answers.indices.contains(index), multiple || answers[index] == nil else {
                    throw Missing(description: "Tag \(tag) is answered twice, or was never published")
                }
                let code = messages[index].message.messageID.flatMap { returned[$0] }
                answers[index] = answers[index] ?? (isConfirmed ? code.map(Answer.returned) ?? .confirmed : .refused)
            }
        }
        while answers.contains(nil) {
            switch try await event() {
            case .confirmed(let tag, let multiple): try answer(tag, multiple: multiple, true)
            case .rejected(let tag, let multiple): try answer(tag, multiple: multiple, false)
            case .returned(let message): returned[message.message.messageID ?? ""] = message.code
            case let other: throw Missing(description: "Not an answer to a publish: \(other)")
            }
        }
        published += UInt64(messages.count)
        return answers.compactMap(\.self)
    }

    func consume(_ queue: String, tag: String = "c", prefetch: UInt16 = 10) async throws {
        try await connection.consume(queue: queue, consumerTag: tag, prefetch: prefetch, exclusive: false)
    }

    /// Nothing is on its way to this connection: what is published for it now is its next event.
    func expectNothing(on bench: BrokerBench, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let declaration = QueueDeclaration(name: "", durable: false, exclusive: true)
        let queue = try await connection.declare(declaration, passive: false)
        try await consume(queue, tag: "marker-\(queue)")
        try await bench.publish([.sample("marker", to: queue)])
        let event = try await event()
        guard case .delivered(let delivery) = event, delivery.id == "marker" else {
            throw Missing(description: "Something came where nothing should, line \(sourceLocation.line): \(event)")
        }
        try await connection.settle([.ack(tag: delivery.deliveryTag)])
    }

    /// The call is refused with this code, the connection is gone with the same error, and the events end with it.
    func expectRefusal(
        _ code: UInt16,
        sourceLocation: SourceLocation = #_sourceLocation,
        of call: () async throws -> Void
    ) async throws {
        let refusal = await #expect(throws: AMQPError.self, sourceLocation: sourceLocation) { try await call() }
        #expect(refusal?.code == .channelClosed, sourceLocation: sourceLocation)
        #expect(refusal?.replyCode == code, sourceLocation: sourceLocation)
        try await expectEnd(refusal, sourceLocation: sourceLocation)
    }

    /// The events end, with this error, and so does every call.
    func expectEnd(_ error: AMQPError?, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let end = try await next { if case .closed(let error) = $0 { error } else { nil } }
        #expect(end == error, sourceLocation: sourceLocation)
        let further = await iterator.next(isolation: #isolation)
        #expect(further == nil, sourceLocation: sourceLocation)
        let later = await #expect(throws: AMQPError.self, sourceLocation: sourceLocation) {
            try await self.connection.selectConfirms()
        }
        #expect(later == end, sourceLocation: sourceLocation)
    }

    func close() async { await connection.close() }
}

extension OutgoingMessage {
    /// A persistent, mandatory message with its id as body.
    static func sample(
        _ id: String,
        exchange: String = "",
        to routingKey: String,
        mandatory: Bool = true,
        _ change: (inout AMQPMessage) -> Void = { _ in }
    ) -> OutgoingMessage {
        var message = AMQPMessage(body: Array(id.utf8))
        message.messageID = id
        message.deliveryMode = 2
        change(&message)
        return OutgoingMessage(exchange: exchange, routingKey: routingKey, mandatory: mandatory, message: message)
    }
}

extension RawDelivery {
    var id: String { message.messageID ?? "" }
    var count: Int64? { message.headers["x-delivery-count"]?.number }
}
