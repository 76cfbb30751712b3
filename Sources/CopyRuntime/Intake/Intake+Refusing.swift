import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import Logging

/// Messages that are refused, and those that the broker gave up on.
extension Intake {
    /// A message that is refused goes to the parking queue with the reason, and `rejected` is published.
    /// - Returns: how the delivery is to be settled.
    func refuse(_ delivery: Delivery, _ rejection: Rejection) async throws -> DeliverySettlement {
        logger.notice(
            "message refused",
            metadata: [
                LogKey.code: "\(rejection.code.rawValue)", LogKey.error: "\(rejection.message)",
                LogKey.queue: "\(delivery.queue)",
            ]
        )
        var headers: AMQPTable = [
            CarriedHeader.reasonCode: .string(rejection.code.rawValue),
            CarriedHeader.reason: .string(rejection.message),
            CarriedHeader.parkedFrom: .string(delivery.queue),
        ]
        headers[CarriedHeader.reasonField] = rejection.field.map(AMQPValue.string)
        let settlement = try await send(delivery, to: names.parking, headers: headers)
        let event = engine.events.rejected(rejection, delivery).message
        try await outbox.tell(event)
        outbox.reply(with: event, to: delivery.message.replyTo, about: event.message.correlationID)
        return settlement
    }

    func refuse(_ deliveries: [Delivery], _ rejection: Rejection) async {
        for delivery in deliveries {
            await settled(delivery) { try await refuse(delivery, rejection) }
        }
    }

    /// Refuses the deliveries of a request whose record cannot be read.
    func refuse(_ deliveries: [Delivery], _ error: JournalError) async {
        for delivery in deliveries {
            let rejection = (try? decode(delivery)).map { error.rejection(of: $0) } ?? error.rejection
            await settled(delivery) { try await refuse(delivery, rejection) }
        }
    }

    /// A message that the broker gave up on: what the journal knows goes on, the rest is refused.
    func revive(_ delivery: Delivery) async throws {
        let submitted = try decode(delivery)
        guard try await engine.journal.ask({ try await $0.find(submitted.id) }) != nil else {
            throw submitted.rejection(.givenUpByBroker, "the broker gave the message up: \(delivery.lastDeath)")
        }
        logger.notice(
            "the broker had given a message up; the journal knows its request, which goes on",
            metadata: [LogKey.request: "\(submitted.id.rawValue)", LogKey.queue: "\(names.resume)"]
        )
        settle(delivery, try await send(delivery, to: names.resume))
    }
}

extension Delivery {
    /// Why the broker took the message from its last queue, and what to do about it.
    fileprivate var lastDeath: String {
        guard case .array(let deaths)? = message.headers["x-death"], case .table(let last)? = deaths.first else {
            return "it does not say why; look into its log, then publish it again"
        }
        return switch last["reason"]?.text {
        case "expired":
            "it expired before a worker took it; publish it again without an expiration, and give the request a "
                + "deadline instead"
        case "maxlen": "its queue was full; see to the queue's limit, then publish it again"
        case "rejected": "whoever consumed it rejected it; publish it again"
        default:
            "it was delivered too often without an acknowledgement; look into the workers' logs, then publish it again"
        }
    }
}

extension JournalError {
    /// What is said of a message whose request's record cannot be read.
    var rejection: Rejection { Rejection(.recordUnreadable, message) }

    func rejection(of submitted: SubmittedRequest) -> Rejection {
        submitted.rejection(.recordUnreadable, message)
    }
}
