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

    var canBeSentOn: Bool { headersFault == nil }

    /// Why the headers cannot travel on, or leave no room for those that are added then.
    var headersFault: HeadersFault? {
        var budget = Self.largestHeaders
        do {
            try headers.check(within: &budget, depth: 0)
            return nil
        } catch {
            return error
        }
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

/// What keeps a message's headers from being sent on.
enum HeadersFault: Error {
    case tooLarge
    case tooDeep
    /// RabbitMQ has none: a message with one would never be published.
    case largeInteger

    fileprivate static let deepest = 16

    var rejection: Rejection {
        let fault =
            switch self {
            case .tooLarge: "have more than \(AMQPMessage.largestHeaders) bytes"
            case .tooDeep: "are nested deeper than \(Self.deepest) levels"
            case .largeInteger: "hold an integer of more than 63 bits, which RabbitMQ does not send on"
            }
        return Rejection(.tooLarge, "the message's headers \(fault)", field: "headers")
    }
}

extension AMQPTable {
    fileprivate func check(within budget: inout Int, depth: Int) throws(HeadersFault) {
        guard depth < HeadersFault.deepest else { throw .tooDeep }
        for field in fields {
            budget -= 16 + field.name.utf8.count
            try field.value.check(within: &budget, depth: depth)
        }
    }
}

extension AMQPValue {
    fileprivate func check(within budget: inout Int, depth: Int) throws(HeadersFault) {
        switch self {
        case .void, .boolean, .decimal, .integer, .double, .timestamp: break
        case .unsigned(let number): guard number <= UInt64(Int64.max) else { throw .largeInteger }
        case .string(let text): budget -= text.utf8.count
        case .bytes(let bytes): budget -= bytes.count
        case .table(let table): try table.check(within: &budget, depth: depth + 1)
        case .array(let values):
            guard depth < HeadersFault.deepest else { throw .tooDeep }
            for value in values {
                budget -= 16
                try value.check(within: &budget, depth: depth + 1)
            }
        }
        guard budget >= 0 else { throw .tooLarge }
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
