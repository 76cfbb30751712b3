import AMQP
import CopyDomain
import CopyJournal
import CopyRuntime
import Synchronization

extension Oracle: BrokerObserver {
    func accepted(_ message: OutgoingMessage, into queues: [String], from connection: String, at now: Duration) {
        chronicle.write(connection, "publishes \(message.summary)\(queues.isEmpty ? ", which finds no queue" : "")")
        let wrong = state.withLock { state -> (Checker, String)? in
            state.published.append(message.message.body)
            for field in message.message.headers.fields {
                if let text = field.value.text { state.published.append(Array(text.utf8)) }
            }
            guard message.exchange == Self.names.results, let event = EventID(message.message.messageID) else {
                return nil
            }
            if event.isRejection {
                // Nobody waits for a rejection that finds no queue.
                state.rejections += 1
                return nil
            }
            guard let id = event.request else { return nil }
            guard let stored = state.records[id]?.outcome else {
                return (.storedFirst, "\(event.text) is published and the journal knows no outcome")
            }
            guard stored.eventID == event.text else {
                return (.oneOutcome, "\(event.text) is published and \(stored.eventID) is stored")
            }
            return stored.body == message.message.body ? nil : (.sameBytes, "\(event.text) differs from what is stored")
        }
        if let (checker, what) = wrong { violated(checker, what) }
    }

    func confirmed(_ message: OutgoingMessage, to connection: String) {
        let now = clock.elapsed
        chronicle.write(connection, "hears the confirm of \(message.summary)")
        state.withLock { state in
            if message.exchange == Self.names.results, let event = EventID(message.message.messageID) {
                if let id = event.request, !event.isRejection {
                    state.records[id, default: Record()].outcomeConfirmed = now
                }
            } else if message.exchange.isEmpty, let letter = message.message.messageID {
                if message.routingKey == Self.names.parking {
                    state.letters[letter]?.parked = now
                } else if Self.work.contains(message.routingKey), let id = state.letters[letter]?.submission.request {
                    state.records[id, default: Record()].carriedOn = now
                }
                // A message that is none of any request carries itself on.
                if state.letters[letter]?.submission.request == nil { state.letters[letter]?.parked = now }
            }
        }
    }

    func delivered(_ message: AMQPMessage, from queue: String, to connection: String, at now: Duration) {
        chronicle.write(connection, "is given \(message.messageID ?? "?") from \(queue)")
    }

    func settled(
        _ message: AMQPMessage,
        from queue: String,
        by connection: String,
        isAcknowledged: Bool,
        heldSince: Duration,
        at now: Duration
    ) {
        chronicle.write(
            connection,
            "\(isAcknowledged ? "acknowledges" : "rejects") \(message.messageID ?? "?") of \(queue)"
        )
        checkHold(message, heldSince, now, connection)
        guard isAcknowledged, Self.work.contains(queue), let name = message.messageID else { return }
        let isGood = state.withLock { state in
            guard let letter = state.letters[name] else { return true }
            if let parked = letter.parked, parked >= heldSince { return true }
            guard let record = letter.submission.request.flatMap({ state.records[$0] }) else { return false }
            if record.outcomeConfirmed != nil { return true }
            return record.carriedOn.map { $0 >= heldSince } ?? false
        }
        if !isGood {
            violated(
                .acknowledgedLast,
                "\(connection) acknowledges \(name), and nothing that was confirmed carries it on"
            )
        }
    }

    func returned(
        _ message: AMQPMessage,
        from queue: String,
        by connection: String,
        heldSince: Duration,
        at now: Duration
    ) {
        chronicle.write("broker", "takes \(message.messageID ?? "?") back from \(connection)")
        checkHold(message, heldSince, now, connection)
    }

    private func checkHold(_ message: AMQPMessage, _ since: Duration, _ now: Duration, _ connection: String) {
        guard now - since > longestHold else { return }
        violated(.heldBriefly, "\(connection) held \(message.messageID ?? "?") for \(now - since)")
    }
}

/// The id of an event: `request#run#event`, or `request#rejected#hash`.
struct EventID {
    let text: String
    let request: RequestID?
    let isRejection: Bool

    init?(_ messageID: String?) {
        guard let messageID else { return nil }
        let parts = messageID.split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count >= 3 else { return nil }
        text = messageID
        request = RequestID(rawValue: String(parts[0]))
        isRejection = parts[1] == "rejected"
    }
}

extension OutgoingMessage {
    fileprivate var summary: String {
        "\(message.messageID ?? "?") to \(exchange.isEmpty ? routingKey : exchange)"
    }
}
