package import CopyDomain

/// An event as it goes out; equal input gives equal bytes.
package struct EncodedEvent: Sendable {
    package let event: EventName
    /// Also the message-id.
    package let eventID: String
    package let routingKey: String
    /// A CloudEvent 1.0 in structured JSON.
    package let body: [UInt8]
    /// The event's attributes as `cloudEvents_*`, and the trace context under its own names. No name twice.
    package let headers: [(name: String, value: String)]
    package let correlationID: String
    package let time: Timestamp

    package var contentType: String { Self.contentType }
    package var messageID: String { eventID }
    package var type: String { event.type }
    package var timestamp: Timestamp { time }

    package static let contentType = "application/cloudevents+json"
}

extension EncodedEvent: Equatable {
    package static func == (left: EncodedEvent, right: EncodedEvent) -> Bool {
        left.event == right.event && left.eventID == right.eventID && left.routingKey == right.routingKey
            && left.body == right.body && left.correlationID == right.correlationID && left.time == right.time
            && left.headers.elementsEqual(right.headers) { $0.name == $1.name && $0.value == $1.value }
    }
}
