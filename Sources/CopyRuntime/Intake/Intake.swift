import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import Logging

/// Takes deliveries, decides what each is, and runs what is to be run here.
struct Intake: Sendable {
    let engine: Engine
    let catalogue: ResourceCatalogue
    let consumer: AMQPConsumer
    let outbox: Outbox
    let registry: RunRegistry
    let slots: Slots
    let gate: IntakeGate
    let load: ResourceLoad
    let owner: OwnerID
    let currentEpoch: CurrentEpoch
    let logger: Logger

    var names: BrokerNames { engine.settings.names }

    /// Runs until the consumer has stopped and every delivery it brought is dealt with.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await event in consumer.events {
                switch event {
                case .active(let epoch, _):
                    currentEpoch.set(epoch)
                case .lost(let epoch, _):
                    currentEpoch.end(epoch)
                    registry.forgetDeliveries(through: epoch)
                case .delivered(let delivery):
                    group.addTask { await handle(delivery) }
                case .stopped:
                    // Nothing more comes: every run stops between two steps and hands its request back.
                    group.cancelAll()
                    return
                }
            }
            group.cancelAll()
        }
    }

    private func handle(_ delivery: Delivery) async {
        do {
            if delivery.queue == names.dead {
                try await revive(delivery)
            } else if delivery.queue == names.commands {
                try await obey(delivery)
            } else {
                try await take(delivery)
            }
        } catch let rejection as Rejection {
            await settled(delivery) { try await refuse(delivery, rejection) }
        } catch {
            // Cancelled while it waited: the worker drains. What the broker gave up on keeps its mark.
            let queue = [names.dead, names.commands].contains(delivery.queue) ? delivery.queue : names.resume
            await settled(delivery) { try await outbox.send(delivery, to: queue) }
        }
    }

    // MARK: - Taking

    private func take(_ delivery: Delivery) async throws {
        let submitted = try decode(delivery)
        switch registry.join(submitted.id, content: submitted.content, with: delivery) {
        case .joined, .begun: return
        case .differs: throw submitted.contentDiffers
        case nil: break
        }
        guard let plan = try await plan(for: submitted, delivery) else {
            return try await putOff(delivery)
        }
        try await slots.enter(delivery.queue == names.resume ? .resumed : .new)
        defer { slots.leave() }
        try await gate.pass()
        // Its connection went while it waited: the broker brings it again.
        guard currentEpoch.isCurrent(delivery.id.epoch) else { return }
        guard try await admits(plan) else { return try await putOff(delivery) }
        defer { load.leave(plan) }
        let control = RunControl()
        switch registry.enter(submitted.id, content: submitted.content, control: control, with: delivery) {
        case .begun: try await claim(submitted, plan: plan, control: control, delivery)
        case .joined: return
        case .differs: throw submitted.contentDiffers
        }
    }

    private func decode(_ delivery: Delivery) throws -> SubmittedRequest {
        try RequestDecoder.decode(try incoming(delivery))
    }

    /// What the contract looks at, of a message that can be sent on whatever it turns out to be.
    func incoming(_ delivery: Delivery) throws -> IncomingMessage {
        guard delivery.message.canBeSentOn else {
            throw Rejection(.tooLarge, "the message's headers have more than \(AMQPMessage.largestHeaders) bytes")
        }
        return delivery.incoming
    }

    /// Whether the plan's resources have room. What was accepted before does not wait for it.
    private func admits(_ plan: CopyPlan) async throws -> Bool {
        if load.tryEnter(plan) { return true }
        guard try await engine.journal.ask({ try await $0.find(plan.request.id) }) != nil else { return false }
        load.enter(plan)
        return true
    }

    /// What the request means here; `nil`: not yet known, try again later.
    private func plan(for submitted: SubmittedRequest, _ delivery: Delivery) async throws -> CopyPlan? {
        let now = engine.surroundings.now()
        do {
            return try catalogue.plan(for: submitted, settings: engine.settings, now: now)
        } catch {
            // A request that was accepted before keeps to its plan, whatever has become of the configuration.
            if let entry = try await engine.journal.ask({ try await $0.find(submitted.id) }) { return entry.plan }
            let age = now.since(Republication.firstSeen(of: delivery.message, now: now))
            guard error.code == .unknownResource, age < engine.settings.unknownResourceGrace else { throw error }
            logger.warning(
                "a request names an unknown resource; it is kept for a while in case the pool is being reconfigured",
                metadata: [LogKey.request: "\(submitted.id.rawValue)", LogKey.error: "\(error.message)"]
            )
            return nil
        }
    }

    private func claim(
        _ submitted: SubmittedRequest,
        plan: CopyPlan,
        control: RunControl,
        _ delivery: Delivery
    ) async throws {
        let id = submitted.id
        do {
            switch try await claim(submitted, plan: plan) {
            case .granted(let grant):
                var run = Run(
                    lease: grant.lease,
                    checkpoint: grant.checkpoint,
                    context: delivery.message.eventContext,
                    control: control,
                    engine: engine
                )
                if grant.isCancelRequested { control.ask(.cancel) }
                try await end(await run.drive(isNew: grant.isNew), of: grant.lease)
            case .mine(let lease):
                // Granted to a call of ours whose answer was lost: nothing runs under it.
                _ = try await engine.journal.ask { try await $0.release([lease]) }
                try await claim(submitted, plan: plan, control: control, delivery)
            case .ended(let outcome, _):
                try await conclude(id, outcome)
            case .runningElsewhere, .otherFormat:
                try await sendOn(registry.leave(id), to: names.retry)
            case .otherContent:
                // Whoever has joined meanwhile brings the same content.
                for refused in registry.leave(id) {
                    await settled(refused) { try await refuse(refused, submitted.contentDiffers) }
                }
            }
        } catch is CancellationError {
            // If this too is cut short the broker keeps the deliveries.
            try? await sendOn(registry.leave(id), to: names.resume)
        }
    }

    private func claim(_ submitted: SubmittedRequest, plan: CopyPlan) async throws -> Claim {
        let owner = owner
        return try await engine.journal.ask {
            try await $0.claim(submitted.id, content: submitted.content, plan: plan, owner: owner)
        }
    }

    private func end(_ end: Run.End, of lease: Lease) async throws {
        switch end {
        case .ended(let outcome):
            try await conclude(lease.id, outcome)
        case .fenced:
            try await sendOn(registry.leave(lease.id), to: names.retry)
        case .handedBack(let reason):
            // If the journal is away, others wait until this owner's liveness is stale.
            _ = try? await engine.journal.attempt { try await $0.release([lease]) }
            switch reason {
            case .drained: try await sendOn(registry.leave(lease.id), to: names.resume)
            case .reservationTaken: try await sendOn(registry.leave(lease.id), to: names.retry)
            }
        }
    }

    // MARK: - Ending

    /// Publishes the outcome, then acknowledges every delivery of the request.
    func conclude(_ id: RequestID, _ outcome: StoredOutcome) async throws {
        try await outbox.publish(outcome)
        // Not waited for while the journal is away: an outcome published twice is the same event.
        _ = try? await engine.journal.attempt { try await $0.published(id, run: 1) }
        for delivery in registry.leave(id) { consumer.settle(delivery.id, .ack) }
    }

    /// Sends one message on for all deliveries of a request, then acknowledges them.
    func sendOn(_ deliveries: [Delivery], to queue: String) async throws {
        guard let first = deliveries.first else { return }
        try await outbox.send(first, to: queue)
        for delivery in deliveries { consumer.settle(delivery.id, .ack) }
    }

    private func putOff(_ delivery: Delivery) async throws {
        try await outbox.send(delivery, to: names.retry)
        consumer.settle(delivery.id, .ack)
    }

    /// Runs the last step of a delivery and acknowledges it; if the worker stops first the broker keeps it.
    private func settled(_ delivery: Delivery, _ lastStep: () async throws -> Void) async {
        guard (try? await lastStep()) != nil else { return }
        consumer.settle(delivery.id, .ack)
    }

    // MARK: - Refusing

    /// A message that is refused goes to the parking queue with the reason, and `rejected` is published.
    private func refuse(_ delivery: Delivery, _ rejection: Rejection) async throws {
        logger.notice(
            "message refused",
            metadata: [
                LogKey.code: "\(rejection.code.rawValue)", LogKey.error: "\(rejection.message)",
                LogKey.queue: "\(delivery.queue)",
            ]
        )
        var headers: AMQPTable = [
            Republication.reasonCode: .string(rejection.code.rawValue),
            Republication.reason: .string(rejection.message),
            Republication.parkedFrom: .string(delivery.queue),
        ]
        headers[Republication.reasonField] = rejection.field.map(AMQPValue.string)
        try await outbox.send(delivery, to: names.parking, headers: headers)
        try await outbox.tell(engine.events.rejected(rejection, delivery).message)
    }

    /// A message that the broker gave up on: what the journal knows goes on, the rest is refused.
    private func revive(_ delivery: Delivery) async throws {
        let submitted = try decode(delivery)
        let entry = try await engine.journal.ask { try await $0.find(submitted.id) }
        guard entry != nil else {
            throw submitted.rejection(
                .givenUpByBroker,
                "the broker gave the message up after too many deliveries without an acknowledgement; "
                    + "look into the workers' logs, then publish it again"
            )
        }
        try await outbox.send(delivery, to: names.resume)
        consumer.settle(delivery.id, .ack)
    }
}

extension Intake {
    /// Tells the journal that this process holds nothing any more.
    func retire() async {
        let owner = owner
        _ = try? await engine.journal.attempt { try await $0.retire(owner) }
    }
}
