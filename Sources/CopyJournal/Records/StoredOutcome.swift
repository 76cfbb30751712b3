package import CopyDomain

/// An outcome event as it goes out, every time.
package struct StoredOutcome: Codable, Hashable, Sendable {
    package let eventID: String
    package let routingKey: String
    /// `succeeded`, `failed` or `cancelled`.
    package let event: String
    package let body: [UInt8]
    /// AMQP headers that go with the body.
    package let headers: [String: String]
    package let correlationID: String
    package let replyTo: String?
    package let time: Timestamp

    package init(
        eventID: String,
        routingKey: String,
        event: String,
        body: [UInt8],
        headers: [String: String],
        correlationID: String,
        replyTo: String?,
        time: Timestamp
    ) {
        self.eventID = eventID
        self.routingKey = routingKey
        self.event = event
        self.body = body
        self.headers = headers
        self.correlationID = correlationID
        self.replyTo = replyTo
        self.time = time
    }
}
