import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import Logging

/// Messages that a worker with another journal has sent on. Their requests are known there, and running them here would
/// be a second copy with a second outcome.
extension Intake {
    /// About an hour, in which a person can put one of the journals in its place.
    private static let foreignAttempts: Int64 = 15

    /// Keeps the message for later, and has the register looked at meanwhile.
    func putOffForeign(_ delivery: Delivery) async throws {
        watch.suspicion.ring()
        // What is too large to be sent on as it is would lose the journal's name.
        _ = try incoming(delivery)
        let other = delivery.journal ?? ""
        let attempts = Republication.attempts(of: delivery.message)
        guard attempts < Self.foreignAttempts else {
            throw try decode(delivery).rejection(
                .otherJournal,
                "a worker with the journal \(Printable.line(other, limit: 64)) had the message before, and this "
                    + "worker's journal knows nothing of its request"
            )
        }
        logger.error(
            "a message names another journal than the one that the workers of this queue share: it waits",
            metadata: [LogKey.journal: "\(Printable.line(other, limit: 64))", LogKey.queue: "\(delivery.queue)"]
        )
        let wait = RetryWait.trouble(attempt: attempts + 1, isSoon: attempts < RetryWait.shortAttempts)
        try await putOff(delivery, nil, wait, because: "it names another journal")
    }
}

extension Delivery {
    /// The journal of the worker that sent the message on last; `nil`: no worker has.
    var journal: String? { message.headers[CarriedHeader.journal]?.text }
}
