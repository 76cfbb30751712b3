import AMQP
import CopyDomain
import CopyJournal
import Logging

/// Runs what was claimed, and settles its deliveries by how the run ended.
extension Intake {
    func drive(_ admission: Admission, _ delivery: Delivery) async throws {
        let grant = admission.grant
        let id = grant.lease.id
        if grant.isCancelRequested { admission.control.ask(.cancel) }
        let run = Run(
            lease: grant.lease,
            checkpoint: grant.checkpoint,
            context: delivery.message.eventContext,
            control: admission.control,
            engine: engine
        )
        do {
            try await settle(await end(of: run, grant), of: grant.lease)
        } catch {
            // If this too is cut short the broker keeps the deliveries.
            try? await sendOn(registry.leave(id), to: names.resume)
        }
    }

    private func settle(_ end: Run.End, of lease: Lease) async throws {
        switch end {
        case .ended(let outcome):
            try await conclude(lease.id, outcome)
        case .fenced:
            try await sendOn(registry.leave(lease.id), to: names.retry)
        case .unreadable(let error):
            _ = try? await engine.journal.attempt { try await $0.release([lease]) }
            await refuse(registry.leave(lease.id), error)
        case .handedBack(let reason):
            // If the journal is away, others wait until this owner's liveness is stale.
            _ = try? await engine.journal.attempt { try await $0.release([lease]) }
            let deliveries = registry.leave(lease.id)
            switch reason {
            case .drained, .holdLimit, .roomForAnother: try await sendOn(deliveries, to: names.resume)
            case .reservationTaken, .noRoom: try await sendOn(deliveries, to: names.retry)
            case .resourcePaused: try await sendOn(deliveries, afterTroubleOf: lease.id)
            }
        }
    }

    // MARK: - Settling

    /// Publishes the outcome, then acknowledges every delivery of the request.
    func conclude(_ id: RequestID, _ outcome: StoredOutcome) async throws {
        do {
            try await outbox.publish(outcome)
        } catch is Unpublishable {
            note(id, "its outcome cannot be published")
            return try await sendOn(registry.leave(id), to: names.longRetry)
        }
        stuck.forget(id)
        // Not waited for while the journal is away: an outcome published twice is the same event.
        _ = try? await engine.journal.attempt { try await $0.published(id, run: 1) }
        for delivery in registry.leave(id) { acknowledge(delivery) }
    }

    /// Sends one message on for all deliveries of a request, then acknowledges them.
    func sendOn(_ deliveries: [Delivery], to queue: String, headers: AMQPTable = [:]) async throws {
        var rest = deliveries[...]
        while let first = rest.popFirst() {
            let settlement = try await send(first, to: queue, headers: headers)
            settle(first, settlement)
            if settlement == .ack { break }
        }
        for delivery in rest { settle(delivery, .ack) }
    }

    /// Sends a delivery on.
    /// - Returns: how it is to be settled then. What no worker can ever send on is left to the broker, which gives it
    ///   to the queue for the dead, and from there to the parking queue.
    func send(_ delivery: Delivery, to queue: String, headers: AMQPTable = [:]) async throws -> DeliverySettlement {
        do {
            try await outbox.send(delivery, to: queue, headers: headers)
            return .ack
        } catch is Unpublishable {
            logger.error(
                "a message that cannot be sent on is left to the broker as a dead one",
                metadata: [LogKey.queue: "\(delivery.queue)"]
            )
            return .reject(requeue: false)
        }
    }

    private func sendOn(_ deliveries: [Delivery], afterTroubleOf id: RequestID) async throws {
        guard let first = deliveries.first else { return }
        // Only what is not near its end can be handed back for this.
        let entry = try? await engine.journal.attempt { try await $0.find(id) }
        let deadline = (try? entry?.get())??.plan
        let wait = RetryWait.afterTrouble(
            of: first.message,
            deadlineIn: deadline?.deadline.since(engine.surroundings.now()) ?? .zero,
            isSoon: deadline.map { engine.health.hasProbed(id, among: $0.resources) } ?? true
        )
        try await sendOn(deliveries, to: wait.queue(names), headers: wait.headers)
    }

    /// What waits for something short, or for as long as `wait` says; it has not been claimed.
    func putOff(_ delivery: Delivery, _ wait: RetryWait = .short) async throws {
        let settlement = try await send(
            delivery,
            to: wait.queue(names),
            headers: AMQPTable(wait.headers.fields.map { ($0.name, $0.value) } + delivery.deathHeaders)
        )
        settle(delivery, settlement)
    }

    func acknowledge(_ delivery: Delivery) {
        settle(delivery, .ack)
    }

    func settle(_ delivery: Delivery, _ settlement: DeliverySettlement) {
        holds.leave(delivery.id)
        consumer.settle(delivery.id, settlement)
    }

    /// Runs the last step of a delivery and settles it; if the worker stops first the broker keeps it.
    func settled(_ delivery: Delivery, _ lastStep: () async throws -> DeliverySettlement) async {
        guard let settlement = try? await lastStep() else { return }
        settle(delivery, settlement)
    }

    /// Says, once, that a request does not get on.
    func note(_ id: RequestID, _ reason: String) {
        guard stuck.note(id, reason) else { return }
        logger.error(
            "a request does not get on",
            metadata: [LogKey.request: "\(id.rawValue)", LogKey.error: "\(reason)"]
        )
    }
}
