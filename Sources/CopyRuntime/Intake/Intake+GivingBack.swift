import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import Logging

/// Deliveries that are given back before their request has come to an end here.
extension Intake {
    /// A delivery that only waited: the worker drains, or it was held for long enough.
    func giveBack(_ delivery: Delivery) async throws -> DeliverySettlement {
        // Its connection is gone: the broker brings it again.
        guard currentEpoch.isCurrent(delivery.id.epoch) else { throw CancellationError() }
        let queue = try await home(of: delivery)
        logger.debug("a message that waited is given back", metadata: [LogKey.queue: "\(queue)"])
        return try await send(delivery, to: queue, headers: AMQPTable(delivery.deathHeaders))
    }

    /// Deliveries of one request that waited for its claim.
    func giveBack(_ deliveries: [Delivery]) async throws {
        try await handOn(deliveries) { try await giveBack($0) }
    }

    /// Takes a delivery away that its run should have given back: it goes on without, and adopts the message when it
    /// comes again.
    func takeAway(_ delivery: Delivery, from request: RequestID) async {
        guard currentEpoch.isCurrent(delivery.id.epoch), registry.detach(delivery.id, from: request) else { return }
        logger.info(
            "a request that cannot stop gives its message back and goes on",
            metadata: [LogKey.request: "\(request.rawValue)"]
        )
        await settled(delivery) { try await send(delivery, to: names.resume) }
    }

    /// A delivery that the broker has counted for long is exchanged for a new message, before its limit is near.
    func renew(_ delivery: Delivery) async throws {
        logger.info(
            "a message that was delivered again and again goes on as a new one, before the broker gives it up",
            metadata: [LogKey.queue: "\(delivery.queue)", LogKey.deliveries: "\(delivery.deaths)"]
        )
        settle(delivery, try await send(delivery, to: delivery.queue, headers: AMQPTable(delivery.deathHeaders)))
    }

    /// What the journal knows is under way, and goes on before what is new.
    private func home(of delivery: Delivery) async throws -> String {
        guard delivery.queue == names.requests else { return delivery.queue }
        // The worker drains: the next one sorts it out.
        if Task.isCancelled { return names.resume }
        guard let submitted = try? decode(delivery) else { return names.requests }
        let found = try await engine.journal.attempt { try await $0.find(submitted.id) }
        guard case .success(.some) = found else { return names.requests }
        return names.resume
    }
}
