import AMQP
import CopyContract

extension Delivery {
    /// What the contract looks at.
    var incoming: IncomingMessage { message.incoming }
}

extension AMQPMessage {
    fileprivate var incoming: IncomingMessage {
        IncomingMessage(
            body: body,
            contentType: contentType,
            contentEncoding: contentEncoding,
            messageID: messageID,
            headers: headers.fields.compactMap { field in field.value.text.map { (name: field.name, value: $0) } }
        )
    }

    /// More than any honest request has, and well below the frame in which all properties have to travel on.
    static let largestHeaders = 64 * 1024

    /// Whether the headers leave room for those that are added when the message is sent on.
    var canBeSentOn: Bool {
        var budget = Self.largestHeaders
        return headers.fits(into: &budget, depth: 0)
    }

    /// What the events of a request carry on from its message.
    var eventContext: [String: String] {
        let carried = EventContext(of: incoming, correlationID: correlationID)
        var context: [String: String] = [:]
        context[EventContext.Key.traceparent] = carried.traceparent
        context[EventContext.Key.tracestate] = carried.tracestate
        context[EventContext.Key.correlationID] = carried.correlationID
        context[EventContext.Key.replyTo] = replyTo
        return context
    }
}

extension AMQPTable {
    private static let deepest = 16

    fileprivate func fits(into budget: inout Int, depth: Int) -> Bool {
        guard depth < Self.deepest else { return false }
        for field in fields {
            budget -= 16 + field.name.utf8.count
            guard field.value.fits(into: &budget, depth: depth) else { return false }
        }
        return budget >= 0
    }
}

extension AMQPValue {
    fileprivate func fits(into budget: inout Int, depth: Int) -> Bool {
        switch self {
        case .void, .boolean, .decimal, .integer, .double, .timestamp: break
        // RabbitMQ has no larger integer: a message with one would never be published.
        case .unsigned(let number): guard number <= UInt64(Int64.max) else { return false }
        case .string(let text): budget -= text.utf8.count
        case .bytes(let bytes): budget -= bytes.count
        case .table(let table): return table.fits(into: &budget, depth: depth + 1)
        case .array(let values):
            guard depth < 16 else { return false }
            for value in values {
                budget -= 16
                guard value.fits(into: &budget, depth: depth + 1) else { return false }
            }
        }
        return budget >= 0
    }
}

extension SubmittedRequest {
    var contentDiffers: Rejection {
        rejection(
            .contentDiffers,
            "id: a request of this id with other content is known already; choose a new id for a new copy",
            field: "id"
        )
    }
}
