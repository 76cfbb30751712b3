import AMQP
import CopyContract

extension Delivery {
    /// What the contract looks at.
    var incoming: IncomingMessage {
        IncomingMessage(
            body: message.body, contentType: message.contentType, contentEncoding: message.contentEncoding,
            messageID: message.messageID,
            headers: message.headers.fields.compactMap { field in
                field.value.text.map { (name: field.name, value: $0) }
            }
        )
    }
}

extension AMQPMessage {
    /// What the events of a request carry on from its message.
    var eventContext: [String: String] {
        var context: [String: String] = [:]
        context[EventContext.Key.traceparent] = headers[EventContext.Key.traceparent]?.text
        context[EventContext.Key.tracestate] = headers[EventContext.Key.tracestate]?.text
        context[EventContext.Key.correlationID] = correlationID
        context[EventContext.Key.replyTo] = replyTo
        return context
    }
}

extension SubmittedRequest {
    var contentDiffers: Rejection {
        rejection(
            .contentDiffers,
            "id: a request of this id with other content is known already; choose a new id for a new copy", field: "id"
        )
    }
}
