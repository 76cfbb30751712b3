import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import Logging

/// Messages that are refused, and those that the broker gave up on.
extension Intake {
    /// A message that is refused goes to the parking queue with the reason, and `rejected` is published.
    func refuse(_ delivery: Delivery, _ rejection: Rejection) async throws {
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
        try await outbox.send(delivery, to: names.parking, headers: headers)
        try await outbox.tell(engine.events.rejected(rejection, delivery).message)
    }

    func refuse(_ deliveries: [Delivery], _ rejection: Rejection) async {
        for delivery in deliveries {
            await settled(delivery) { try await refuse(delivery, rejection) }
        }
    }

    /// A message that the broker gave up on: what the journal knows goes on, the rest is refused.
    func revive(_ delivery: Delivery) async throws {
        let submitted = try decode(delivery)
        let entry = try await engine.journal.ask { try await $0.find(submitted.id) }
        guard entry != nil else {
            throw submitted.rejection(
                .givenUpByBroker,
                "the broker gave the message up after too many deliveries without an acknowledgement; "
                    + "look into the workers' logs, then publish it again"
            )
        }
        logger.notice(
            "the broker had given a message up; the journal knows its request, which goes on",
            metadata: [LogKey.request: "\(submitted.id.rawValue)", LogKey.queue: "\(names.resume)"]
        )
        try await outbox.send(delivery, to: names.resume)
        acknowledge(delivery)
    }
}

extension JournalError {
    /// What is said of a message whose request's record cannot be read.
    var rejection: Rejection { Rejection(.recordUnreadable, message) }

    func rejection(of submitted: SubmittedRequest) -> Rejection {
        submitted.rejection(.recordUnreadable, message)
    }
}
