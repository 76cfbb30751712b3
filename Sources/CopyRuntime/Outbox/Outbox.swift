import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import Logging

/// Publishes until the broker has confirmed, and only then lets anything be settled.
struct Outbox: Sendable {
    private static let unroutablePause: Duration = .seconds(5)

    let publisher: AMQPPublisher
    let shield: Shield
    let surroundings: Surroundings
    let troubles: Troubles
    /// This closes it while an outcome finds no queue.
    let gate: IntakeGate
    let feed: ProgressFeed
    let names: BrokerNames
    let journal: SharedJournal
    let replyToPatterns: [String]
    let logger: Logger

    /// Publishes a stored outcome, byte for byte, and a copy to whoever asked for a reply.
    /// - Throws: `CancellationError` when the worker stops before the broker confirmed.
    func publish(_ outcome: StoredOutcome) async throws {
        try await publish(outcome.message(to: names.results), subject: .results)
        guard let replyTo = outcome.replyTo, allows(replyTo: replyTo) else { return }
        var reply = outcome.message(to: "")
        reply.routingKey = replyTo
        reply.mandatory = false
        // Best effort, and not waited for: the asker may be gone, and the outcome stands in the results exchange anyway.
        feed.offer(OutgoingEvent(message: reply))
    }

    /// Publishes what ends nothing: if nobody listens, that is said in the log, and nobody waits.
    /// - Throws: `CancellationError` when the worker stops before the broker answered.
    func tell(_ message: OutgoingMessage) async throws {
        let publication = try await shield.run { [publisher] in
            do throws(AMQPError) {
                return Result<Publication, AMQPError>.success(try await publisher.publish(message))
            } catch {
                return .failure(error)
            }
        }
        switch publication {
        case .success(.confirmed): break
        case .success(.unroutable(let code, let text)):
            logger.warning(
                "an event was published that nobody listens for",
                metadata: [LogKey.queue: "\(message.routingKey)", LogKey.error: "\(code) \(text)"]
            )
        case .failure: throw CancellationError()
        }
    }

    /// Sends a delivery on to another queue.
    /// - Throws: `CancellationError` when the worker stops before the broker confirmed.
    func send(_ delivery: Delivery, to queue: String, headers: AMQPTable = [:]) async throws {
        var message = Republication.message(
            of: delivery,
            to: queue,
            now: surroundings.now(),
            headers: headers
        )
        message.message.headers[CarriedHeader.journal] = journal.id.map(AMQPValue.string)
        try await publish(message, subject: .queues)
    }

    private func publish(_ message: OutgoingMessage, subject: Troubles.Subject) async throws {
        let isConfirmed = try await shield.run { await persist(message, subject: subject) }
        guard isConfirmed else { throw CancellationError() }
    }

    /// - Returns: `false` when the publisher was shut down or will never take the message.
    private func persist(_ message: OutgoingMessage, subject: Troubles.Subject) async -> Bool {
        let destination = message.exchange.isEmpty ? message.routingKey : message.exchange
        var isReturned = false
        defer {
            if isReturned {
                troubles.leave(subject)
                if subject == .results { gate.open() }
            }
        }
        while true {
            do throws(AMQPError) {
                switch try await publisher.publish(message) {
                case .confirmed:
                    return true
                case .unroutable(let code, let text):
                    guard !isReturned else { break }
                    isReturned = true
                    if subject == .results { gate.close() }
                    let reason = "\(destination): the broker has no queue for this message (\(code) \(text))"
                    if troubles.enter(subject, reason) {
                        logger.error("a message cannot be routed", metadata: [LogKey.error: "\(reason)"])
                    }
                }
            } catch {
                if error.code != .closedByUs {
                    logger.error(
                        "a message cannot be published",
                        metadata: [LogKey.queue: "\(destination)", LogKey.error: "\(error)"]
                    )
                }
                return false
            }
            guard (try? await surroundings.sleep(Self.unroutablePause)) != nil else { return false }
        }
    }

    private func allows(replyTo: String) -> Bool {
        replyToPatterns.contains { pattern in
            pattern.hasSuffix("*") ? replyTo.hasPrefix(pattern.dropLast()) : replyTo == pattern
        }
    }
}

extension StoredOutcome {
    /// As its event's id says: `<request id>#<run>#<event>`.
    var run: Int? {
        let parts = eventID.split(separator: "#")
        return parts.count == 3 ? Int(parts[1]) : nil
    }

    /// The same message every time.
    func message(to exchange: String) -> OutgoingMessage {
        var message = AMQPMessage(body: body)
        message.contentType = "application/cloudevents+json"
        message.deliveryMode = 2
        message.messageID = eventID
        message.correlationID = correlationID
        message.type = type
        message.timestamp = UInt64(max(0, time.milliseconds / 1000))
        for name in headers.keys.sorted() {
            message.headers[name] = headers[name].map(AMQPValue.string)
        }
        return OutgoingMessage(exchange: exchange, routingKey: routingKey, mandatory: true, message: message)
    }

    private var type: String? { headers["cloudEvents_type"] ?? headers["cloudEvents:type"] }
}
