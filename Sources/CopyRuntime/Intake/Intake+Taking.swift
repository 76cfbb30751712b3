import AMQP
import CopyContract
import CopyDomain
import CopyJournal
import Logging

/// From a delivery to a run.
extension Intake {
    /// A request, what it means here, and its place in the load of its resources, which has to be given back.
    struct Understanding: Sendable {
        let submitted: SubmittedRequest
        let plan: CopyPlan
    }

    func take(_ delivery: Delivery, _ control: RunControl) async throws {
        if delivery.isSuspicious { return try await takeCarefully(delivery, control) }
        guard let understanding = try await understand(delivery, control) else { return }
        defer { leave(understanding) }
        try await enterSlot(with: delivery, control)
        defer { slots.leave() }
        guard let grant = try await admit(understanding, delivery, control) else { return }
        try await drive(grant, delivery, control)
    }

    /// What may kill at the mere sight of it is looked at when everything else is ready, so that the look is short.
    private func takeCarefully(_ delivery: Delivery, _ control: RunControl) async throws {
        try await enterSlot(with: delivery, control)
        defer { slots.leave() }
        try await control.waiting { try await gate.pass() }
        var understanding: Understanding?
        defer { if let understanding { leave(understanding) } }
        let grant = try await examining(delivery, control) { () -> Grant? in
            understanding = try await understand(delivery, control)
            guard let understanding else { return nil }
            return try await admit(understanding, delivery, control)
        }
        guard let grant else { return }
        try await drive(grant, delivery, control)
    }

    private func leave(_ understanding: Understanding) {
        load.leave(understanding.plan)
        engine.health.leave(understanding.submitted.id)
    }

    private func enterSlot(with delivery: Delivery, _ control: RunControl) async throws {
        let priority: Slots.Priority = delivery.queue == names.resume ? .resumed : .new
        try await control.waiting { try await slots.enter(priority) }
    }

    func decode(_ delivery: Delivery) throws -> SubmittedRequest {
        try RequestDecoder.decode(try incoming(delivery))
    }

    /// What the contract looks at, of a message that can be sent on whatever it turns out to be.
    func incoming(_ delivery: Delivery) throws -> IncomingMessage {
        if let fault = delivery.message.headersFault { throw fault.rejection }
        return delivery.incoming
    }

    private static let undecided = "a message of its id with other content is being claimed"

    private static func otherFormat(_ format: Int) -> String {
        "only another version of the worker reads its format \(format)"
    }

    /// Leaves a message to workers that can read what the journal holds of its request, as a claim of it does.
    func leave(_ delivery: Delivery, toReadersOf format: Int) async throws -> DeliverySettlement {
        let submitted = try decode(delivery)
        noteIfLate(submitted, delivery, Self.otherFormat(format))
        _ = try await engine.journal.attempt { try await $0.sighted(submitted.id) }
        return try await send(delivery, to: names.retry)
    }

    // MARK: - Understanding

    /// More than any request needs that waits for its turn.
    private static let manyHops: Int64 = 1000
    /// More than replacing all workers of a pool takes, at ten seconds each.
    private static let patientHops: Int64 = 60

    /// Says that a request does not get on if that has lasted too long.
    private func noteIfLate(_ submitted: SubmittedRequest, _ delivery: Delivery, _ reason: String) {
        let isOverdue = submitted.deadline.map { $0 < engine.surroundings.now() } ?? false
        guard isOverdue || Republication.hopCount(of: delivery.message) >= Self.patientHops else { return }
        note(submitted.id, reason)
    }

    /// - Returns: `nil` when the delivery is dealt with: a run has adopted it, or it is put off.
    private func understand(_ delivery: Delivery, _ control: RunControl) async throws -> Understanding? {
        let submitted = try decode(delivery)
        if Republication.hopCount(of: delivery.message) >= Self.manyHops {
            note(submitted.id, "its message was sent on \(Self.manyHops) times")
        }
        switch registry.join(submitted.id, content: submitted.content, with: delivery) {
        case .joined(let run)?:
            holds.follow(delivery.id, submitted.id, run)
            return nil
        case .differs?: throw submitted.contentDiffers
        case .undecided?:
            try await putOff(delivery, submitted.id, because: Self.undecided)
            return nil
        case .begun?, .barred?, nil: break
        }
        guard let plan = try await plan(for: submitted, delivery, control) else {
            try await putOff(delivery, submitted.id, because: "its resource is not known yet")
            return nil
        }
        let understanding = Understanding(submitted: submitted, plan: plan)
        do {
            if let wait = try await postponement(of: understanding, delivery, control) {
                try await putOff(delivery, submitted.id, wait, because: "a resource of its keeps failing")
            } else if try await hasRoom(for: plan, control) {
                return understanding
            } else {
                try await putOff(delivery, submitted.id, because: "its resources have no room")
            }
        } catch {
            engine.health.leave(submitted.id)
            throw error
        }
        engine.health.leave(submitted.id)
        return nil
    }

    /// Whether the plan's resources have room; if so, the request is counted, before it has a slot: what waits for a
    /// slot keeps others from it. What was accepted before does not wait.
    private func hasRoom(for plan: CopyPlan, _ control: RunControl) async throws -> Bool {
        if load.tryEnter(plan) { return true }
        guard try await find(plan.request.id, control) != nil else { return false }
        load.enter(plan)
        return true
    }

    /// What the request means here; `nil`: not yet known, try again later.
    private func plan(
        for submitted: SubmittedRequest,
        _ delivery: Delivery,
        _ control: RunControl
    ) async throws -> CopyPlan? {
        let now = engine.surroundings.now()
        do {
            return try catalogue.plan(for: submitted, settings: engine.settings, now: now)
        } catch {
            // A request that was accepted before keeps to its plan, whatever has become of the configuration.
            if let entry = try await find(submitted.id, control) { return entry.plan }
            let age = now.since(Republication.firstSeen(of: delivery.message, now: now))
            guard error.code == .unknownResource, age < engine.settings.unknownResourceGrace else { throw error }
            logger.warning(
                "a request names an unknown resource; it is kept for a while in case the pool is being reconfigured",
                metadata: [LogKey.request: "\(submitted.id.rawValue)", LogKey.error: "\(error.message)"]
            )
            return nil
        }
    }

    /// How a request of a paused resource waits; `nil`: it need not. What is past its deadline or cancelled is let in to
    /// end, and what has ended to be told.
    private func postponement(
        of understanding: Understanding,
        _ delivery: Delivery,
        _ control: RunControl
    ) async throws -> RetryWait? {
        let id = understanding.submitted.id
        let admission = engine.health.admit(id, to: understanding.plan.resources)
        guard case .paused(_, let probedBefore) = admission else { return nil }
        let entry = try await find(id, control)
        let left = (entry?.plan.deadline ?? understanding.plan.deadline).since(engine.surroundings.now())
        guard left > .zero, entry?.outcome == nil, entry?.isCancelRequested != true else { return nil }
        if entry != nil { _ = try await engine.journal.attempt { try await $0.sighted(id) } }
        return .afterTrouble(of: delivery.message, deadlineIn: left, isSoon: probedBefore)
    }

    func find(_ id: RequestID, _ control: RunControl) async throws -> JournalEntry? {
        try await control.waiting { try await engine.journal.ask { try await $0.find(id) } }
    }

    // MARK: - Admitting

    /// - Returns: `nil` when the delivery is dealt with, or its connection is gone.
    private func admit(
        _ understanding: Understanding,
        _ delivery: Delivery,
        _ control: RunControl
    ) async throws -> Grant? {
        guard try await begin(understanding, delivery, control) else { return nil }
        return try await claim(understanding, delivery, control)
    }

    /// Passes the gate and registers the run.
    /// - Returns: whether the delivery begins one.
    private func begin(
        _ understanding: Understanding,
        _ delivery: Delivery,
        _ control: RunControl
    ) async throws -> Bool {
        let submitted = understanding.submitted
        while true {
            try await control.waiting { try await gate.pass() }
            // Its connection went while it waited: the broker brings it again.
            guard currentEpoch.isCurrent(delivery.id.epoch) else { return false }
            let entry = registry.enter(
                submitted.id,
                content: submitted.content,
                resources: understanding.plan.resources,
                control: control,
                with: delivery
            )
            switch entry {
            case .begun:
                holds.follow(delivery.id, submitted.id, control)
                return true
            case .joined(let run):
                holds.follow(delivery.id, submitted.id, run)
                return false
            case .differs: throw submitted.contentDiffers
            case .undecided:
                try await putOff(delivery, submitted.id, because: Self.undecided)
                return false
            // The gate was closed between the two.
            case .barred: continue
            }
        }
    }

    /// Why another worker, or this one with another configuration, has to go on with a request that was accepted by a
    /// configuration that knew its resources: its copy may be under way. What is to end comes to its end here.
    private func obstacle(to grant: Grant) -> String? {
        let plan = grant.checkpoint.machine.plan
        guard !grant.isCancelRequested, plan.deadline > engine.surroundings.now() else { return nil }
        for accepted in [plan.source, plan.target] {
            guard let present = catalogue.resources[accepted.name]?.frozen else {
                return "the worker's configuration does not know its resource \(accepted.name.rawValue); "
                    + "put it back, or cancel the request"
            }
            guard present.endpoint == accepted.endpoint else {
                return "the endpoint of \(accepted.name.rawValue) was \(accepted.endpoint) when it was accepted and is "
                    + "\(present.endpoint) in the worker's configuration; put it back, or cancel the request"
            }
        }
        return nil
    }

    private func claim(
        _ understanding: Understanding,
        _ delivery: Delivery,
        _ control: RunControl
    ) async throws -> Grant? {
        let submitted = understanding.submitted
        let id = submitted.id
        let plan = understanding.plan
        let owner = owner
        do {
            while true {
                let claim = try await control.waiting {
                    try await engine.journal.ask {
                        try await $0.claim(id, content: submitted.content, plan: plan, owner: owner)
                    }
                }
                switch claim {
                case .granted(let grant):
                    if let reason = obstacle(to: grant) {
                        note(id, reason)
                        let lease = grant.lease
                        try await control.waiting { try await engine.journal.ask { try await $0.release([lease]) } }
                        try await sendOn(registry.leave(id), to: names.retry)
                        return nil
                    }
                    registry.granted(id)
                    return grant
                case .mine(let lease):
                    // Granted to a call of ours whose answer was lost: nothing runs under it.
                    try await control.waiting { try await engine.journal.ask { try await $0.release([lease]) } }
                    continue
                case .ended(let outcome, _):
                    try await conclude(id, outcome)
                case .runningElsewhere:
                    logger.debug(
                        "another worker runs a request",
                        metadata: [LogKey.request: "\(id.rawValue)", LogKey.queue: "\(names.retry)"]
                    )
                    try await sendOn(registry.leave(id), to: names.retry)
                case .otherFormat(let format):
                    noteIfLate(submitted, delivery, Self.otherFormat(format))
                    try await sendOn(registry.leave(id), to: names.retry)
                case .otherContent:
                    // Whoever has joined meanwhile brings the same content.
                    await refuse(registry.leave(id), submitted.contentDiffers)
                }
                return nil
            }
        } catch let error as JournalError {
            await refuse(registry.leave(id), error.rejection(of: submitted))
        } catch {
            // If this too is cut short the broker keeps the deliveries.
            try? await giveBack(registry.leave(id))
        }
        return nil
    }
}
