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
    let redeclaration: Redeclaration
    let names: BrokerNames
    let journal: SharedJournal
    let replyToPatterns: [String]
    let logger: Logger

    /// Publishes a stored outcome, byte for byte, and a copy to whoever asked for a reply first.
    /// - Throws: `CancellationError` when the worker stops before the broker confirmed, ``Unpublishable``.
    func publish(_ outcome: StoredOutcome) async throws {
        let event = outcome.message(to: names.results)
        try await publish(event, subject: .results)
        reply(with: event, to: outcome.replyTo, about: outcome.correlationID)
    }

    /// Sends a copy of an outcome to whoever else asked for it by one of these messages.
    func reply(with outcome: StoredOutcome, of id: RequestID, to deliveries: [Delivery]) {
        var told: Set<[String?]> = [[outcome.replyTo, outcome.correlationID]]
        for message in deliveries.map(\.message) {
            let correlationID = message.correlationID ?? id.rawValue
            guard told.insert([message.replyTo, correlationID]).inserted else { continue }
            reply(with: outcome.message(to: ""), to: message.replyTo, about: correlationID)
        }
    }

    /// Best effort, and not waited for: the asker may be gone, and the event stands in the results exchange anyway.
    func reply(with event: OutgoingMessage, to replyTo: String?, about correlationID: String?) {
        guard let replyTo, allows(replyTo: replyTo) else { return }
        var reply = event
        reply.exchange = ""
        reply.routingKey = replyTo
        reply.mandatory = false
        reply.message.correlationID = correlationID
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
        case .failure(let error) where error.code == .closedByUs: throw CancellationError()
        case .failure(let error):
            logger.error(
                "an event cannot be published, nobody is told",
                metadata: [LogKey.queue: "\(message.routingKey)", LogKey.error: "\(error)"]
            )
        }
    }

    /// Sends a delivery on to another queue.
    /// - Throws: `CancellationError` when the worker stops before the broker confirmed, ``Unpublishable``.
    func send(_ delivery: Delivery, to queue: String, headers: AMQPTable = [:]) async throws {
        var message = Republication.message(
            of: delivery,
            to: queue,
            now: surroundings.now(),
            headers: headers
        )
        // What another journal's worker had is not claimed here, and remains its own.
        if journal.owns(delivery.journal) {
            message.message.headers[CarriedHeader.journal] = journal.id.map(AMQPValue.string)
        }
        try await publish(message, subject: .queues)
    }

    /// Sends a request a message that the journal knows and the broker does not.
    /// - Returns: whether the broker has it now.
    func send(_ stranded: StrandedRequest, to queue: String) async -> Bool {
        guard var message = Republication.rebuilt(stranded, to: queue) else {
            logger.error(
                "a request without a message cannot be made one: what is stored of it is no request",
                metadata: [LogKey.request: "\(stranded.id.rawValue)"]
            )
            return true
        }
        message.message.headers[CarriedHeader.journal] = journal.id.map(AMQPValue.string)
        let publication = try? await shield.run { [publisher, message] in try? await publisher.publish(message) }
        switch publication {
        case .confirmed?: return true
        case .unroutable?, nil: return false
        }
    }

    private func publish(_ message: OutgoingMessage, subject: Troubles.Subject) async throws {
        try await shield.run { await persist(message, subject: subject) }.get()
    }

    /// - Returns: a failure when the publisher was shut down or will never take the message.
    private func persist(_ message: OutgoingMessage, subject: Troubles.Subject) async -> Result<Void, any Error> {
        let destination = message.exchange.isEmpty ? message.routingKey : message.exchange
        var isReturned = false
        var isDeclaredAgain = false
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
                    return .success(())
                case .unroutable(let code, let text):
                    if !isDeclaredAgain {
                        isDeclaredAgain = true
                        if await redeclaration.run() { continue }
                    }
                    guard !isReturned else { break }
                    isReturned = true
                    if subject == .results { gate.close() }
                    let reason = "\(destination): the broker has no queue for this message (\(code) \(text))"
                    if troubles.enter(subject, reason) {
                        logger.error("a message cannot be routed", metadata: [LogKey.error: "\(reason)"])
                    }
                }
            } catch {
                guard error.code != .closedByUs else { return .failure(CancellationError()) }
                logger.error(
                    "a message cannot be published",
                    metadata: [LogKey.queue: "\(destination)", LogKey.error: "\(error)"]
                )
                return .failure(Unpublishable())
            }
            guard (try? await surroundings.sleep(Self.unroutablePause)) != nil else {
                return .failure(CancellationError())
            }
        }
    }

    /// Whether the delivery's sender wants an answer and gets one.
    func answers(_ delivery: Delivery) -> Bool {
        delivery.message.replyTo.map(allows(replyTo:)) ?? false
    }

    private func allows(replyTo: String) -> Bool {
        replyToPatterns.contains { pattern in
            pattern.hasSuffix("*") ? replyTo.hasPrefix(pattern.dropLast()) : replyTo == pattern
        }
    }
}

/// The broker will never take the message, whoever publishes it.
struct Unpublishable: Error {}

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
