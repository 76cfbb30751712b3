import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import Logging

/// Runs what was claimed, and settles its deliveries by how the run ended.
extension Intake {
    func drive(_ grant: Grant, _ delivery: Delivery, _ control: RunControl) async throws {
        let id = grant.lease.id
        if grant.isCancelRequested { control.ask(.cancel) }
        let run = Run(
            lease: grant.lease,
            checkpoint: grant.checkpoint,
            context: delivery.message.eventContext,
            control: control,
            engine: engine
        )
        do {
            try await settle(await end(of: run, grant), of: grant.lease)
        } catch {
            logger.log(
                level: quietInDrain(.info),
                "the end of a run could not be told; its messages go on",
                metadata: [
                    LogKey.request: "\(id.rawValue)", LogKey.error: "\(error)", LogKey.queue: "\(names.resume)",
                ]
            )
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
            await release(lease)
            await refuse(registry.leave(lease.id), error)
        case .handedBack(let reason):
            await release(lease)
            let deliveries = registry.leave(lease.id)
            let (queue, headers) = await place(of: deliveries, of: lease.id, handedBackFor: reason)
            var metadata: Logger.Metadata = [
                LogKey.request: "\(lease.id.rawValue)", LogKey.reason: "\(reason)", LogKey.queue: "\(queue)",
            ]
            metadata[LogKey.attempts] = headers[CarriedHeader.attempts]?.number.map { "\($0)" }
            // A drain hands everything back and says so itself.
            let level: Logger.Level = reason == .drained ? .debug : quietInDrain(.info)
            logger.log(level: level, "a request is handed back", metadata: metadata)
            try await sendOn(deliveries, to: queue, headers: headers)
        }
    }

    /// If the journal is away it is told later: the deliveries do not wait for it.
    private func release(_ lease: Lease) async {
        if case .success? = try? await engine.journal.attempt({ try await $0.release([lease]) }) { return }
        pendingReleases.add(lease)
    }

    private func place(
        of deliveries: [Delivery],
        of id: RequestID,
        handedBackFor reason: Run.HandBack
    ) async -> (queue: String, headers: AMQPTable) {
        switch reason {
        case .drained, .holdLimit, .roomForAnother: return (names.resume, [:])
        case .reservationTaken, .noRoom: return (names.retry, [:])
        case .resourcePaused:
            guard let first = deliveries.first else { return (names.retry, [:]) }
            let wait = await wait(of: first, afterTroubleOf: id)
            return (wait.queue(names), wait.headers)
        }
    }

    private func wait(of delivery: Delivery, afterTroubleOf id: RequestID) async -> RetryWait {
        // Only what is not near its end can be handed back for this.
        let entry = try? await engine.journal.attempt { try await $0.find(id) }
        let plan = (try? entry?.get())??.plan
        return .afterTrouble(
            of: delivery.message,
            deadlineIn: plan?.deadline.since(engine.surroundings.now()) ?? .zero,
            isSoon: plan.map { engine.health.hasProbed(id, among: $0.resources) } ?? true
        )
    }

    /// For lines of which a drain would write one per request.
    func quietInDrain(_ level: Logger.Level) -> Logger.Level {
        Task.isCancelled ? .debug : level
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
        await published(id, outcome)
        let deliveries = registry.leave(id)
        outbox.reply(with: outcome, of: id, to: deliveries)
        for delivery in deliveries { acknowledge(delivery) }
    }

    /// Not waited for while the journal is away: an outcome published twice is the same event.
    func published(_ id: RequestID, _ outcome: StoredOutcome) async {
        guard let run = outcome.run else { return }
        _ = try? await engine.journal.attempt { try await $0.published(id, run: run) }
    }

    func sendOn(_ deliveries: [Delivery], to queue: String, headers: AMQPTable = [:]) async throws {
        try await handOn(deliveries) { try await send($0, to: queue, headers: headers) }
    }

    /// Hands one message on for all deliveries of a request, and another for each who is to be answered elsewhere; then
    /// acknowledges them.
    func handOn(
        _ deliveries: [Delivery],
        by send: (Delivery) async throws -> DeliverySettlement
    ) async throws {
        var isHandedOn = false
        var askers: Set<[String?]> = []
        for delivery in deliveries {
            let asker = [delivery.message.replyTo, delivery.message.correlationID]
            let isNeeded = !isHandedOn || (outbox.answers(delivery) && !askers.contains(asker))
            let settlement = isNeeded ? try await send(delivery) : .ack
            settle(delivery, settlement)
            guard isNeeded, settlement == .ack else { continue }
            isHandedOn = true
            askers.insert(asker)
        }
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

    /// What waits for something short, or for as long as `wait` says; it has not been claimed.
    /// - Parameter id: of its request, where it is known.
    func putOff(
        _ delivery: Delivery,
        _ id: RequestID?,
        _ wait: RetryWait = .short,
        because reason: String
    ) async throws {
        logger.debug(
            "a message is put off",
            metadata: [
                LogKey.request: "\(id?.rawValue ?? "unknown")", LogKey.reason: "\(reason)",
                LogKey.queue: "\(wait.queue(names))",
            ]
        )
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
