import CopyDomain
import CopyJournal

/// An outcome without its body, which has a column of its own: its bytes are what counts.
struct OutcomeEnvelope: Codable, Sendable {
    let eventID: String
    let routingKey: String
    let event: String
    let headers: [String: String]
    let correlationID: String
    let replyTo: String?
    let time: Timestamp

    init(_ outcome: StoredOutcome) {
        eventID = outcome.eventID
        routingKey = outcome.routingKey
        event = outcome.event
        headers = outcome.headers
        correlationID = outcome.correlationID
        replyTo = outcome.replyTo
        time = outcome.time
    }

    func encoded(for id: RequestID) throws(JournalError) -> String {
        try JournalJSON.text(self, of: id)
    }

    func outcome(body: [UInt8]) -> StoredOutcome {
        StoredOutcome(
            eventID: eventID,
            routingKey: routingKey,
            event: event,
            body: body,
            headers: headers,
            correlationID: correlationID,
            replyTo: replyTo,
            time: time
        )
    }
}
