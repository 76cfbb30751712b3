import AzureAI
import CopyDomain
import CopyJournal
import Logging

/// Drives one request's machine from where its checkpoint stands to an outcome.
///
/// The order of every step is the design's third invariant: what the machine has become is saved before anything
/// follows from it; a call with a side effect takes its permit, then its intent is saved, then it is sent at once.
/// Cancelling the task stops the run between two steps, never inside one.
struct Run {
    enum End: Sendable {
        case ended(StoredOutcome)
        /// Another worker owns the request now.
        case fenced
        /// Not finished here: the machine is saved as far as the journal answered.
        case handedBack(HandBack)
    }

    enum HandBack: Sendable {
        /// The worker drains.
        case drained
        /// What the run needs is taken by another request.
        case reservationTaken(by: RequestID)
    }

    let lease: Lease
    let engine: Engine
    var machine: CopyMachine
    var sequence: Int
    var context: [String: String]
    private var saved: Checkpoint?
    private var announced: Announcement?
    private var isDeadlineTold = false
    private let startedAt: Timestamp
    private var logger: Logger

    private struct Announcement: Equatable {
        let phase: Phase
        let azureStatus: String?
    }

    init(lease: Lease, checkpoint: Checkpoint, context: [String: String], engine: Engine) {
        self.lease = lease
        self.engine = engine
        machine = checkpoint.machine
        sequence = checkpoint.sequence
        self.context = checkpoint.context.isEmpty ? context : checkpoint.context
        saved = checkpoint.context.isEmpty ? nil : checkpoint
        startedAt = engine.surroundings.now()
        logger = engine.logger
        logger[metadataKey: LogKey.request] = "\(lease.id.rawValue)"
        logger[metadataKey: LogKey.epoch] = "\(lease.epoch)"
    }

    private var plan: CopyPlan { machine.plan }

    mutating func drive(isNew: Bool) async -> End {
        if isNew {
            announce(engine.events.accepted(plan, run: lease.run, sequence: next(), context: context))
            announce(engine.events.started(plan, run: lease.run, sequence: next(), context: context))
            logger.info("request accepted", metadata: [LogKey.kind: "\(plan.request.kind.rawValue)"])
        } else {
            logger.info("request resumed", metadata: [LogKey.phase: "\(machine.phase.rawValue)"])
        }
        defer { engine.timetable.leave(lease.id) }
        do {
            var event: MachineEvent<CopyAnswer> = isNew ? .begun : .resumed
            while true {
                switch try await step(after: event) {
                case .next(let following): event = following
                case .end(let end): return end
                }
            }
        } catch {
            return await stop()
        }
    }

    private enum Step {
        case next(MachineEvent<CopyAnswer>)
        case end(End)
    }

    private mutating func step(after event: MachineEvent<CopyAnswer>) async throws -> Step {
        var action = machine.receive(event, at: engine.surroundings.now())
        if isDeadlineDue, !action.isFinish {
            isDeadlineTold = true
            action = machine.receive(.deadlineReached, at: engine.surroundings.now())
        }
        if case .finish(let conclusion) = action {
            return .end(try await finish(conclusion))
        }
        // What is saved before the permit says what the run knows, not yet what it means to send.
        if case .perform = action { machine.withdrawIntent() }
        guard try await save() else { return .end(try await fenced()) }
        announceProgress()
        return try await carryOut(action)
    }

    private mutating func carryOut(_ action: MachineAction<CopyCall>) async throws -> Step {
        switch action {
        case .ask(let call):
            guard let permit = try await permit(call) else { return .next(deadline()) }
            return .next(try await send(call, permit: permit, sendBefore: nil))
        case .perform(let call):
            return try await perform(call)
        case .poll(let call):
            engine.timetable.enter(lease.id, resource: plan.resource(of: call))
            try await engine.timetable.turn(of: lease.id, limit: untilDeadline)
            guard !isDeadlineDue, let permit = try await permit(call) else { return .next(deadline()) }
            return .next(try await send(call, permit: permit, sendBefore: nil))
        case .wait(let wait):
            try await engine.surroundings.sleep(min(engine.surroundings.duration(of: wait), untilDeadline))
            return .next(isDeadlineDue ? deadline() : .elapsed)
        case .reserve(let name):
            let lease = lease
            switch try await engine.journal.ask({ try await $0.reserve(name, for: lease) }) {
            case .granted: return .next(.reserved)
            case .taken(let holder): return .end(.handedBack(.reservationTaken(by: holder)))
            case .fenced: return .end(try await fenced())
            }
        case .finish(let conclusion):
            return .end(try await finish(conclusion))
        }
    }

    // MARK: - Calls

    private mutating func perform(_ call: CopyCall) async throws -> Step {
        guard let permit = try await permit(call) else { return .next(deadline()) }
        try Task.checkCancellation()
        // From here to the answer nothing but the save stands before the call: the intent is young when it is sent.
        let clock = engine.surroundings.suspensionClock()
        let limit = SendBefore(nanoseconds: clock + UInt64(engine.settings.sendBefore.wholeMilliseconds) * 1_000_000)
        guard case .perform(let call) = machine.receive(.elapsed, at: engine.surroundings.now()) else {
            // While it waited for the permit the call has become pointless, e.g. its authorization ran out.
            return .next(.elapsed)
        }
        guard try await save(isForced: true) else { return .end(try await fenced()) }
        return .next(try await send(call, permit: permit, sendBefore: limit))
    }

    /// Waits for the call's permit, but not beyond the deadline.
    /// - Returns: `nil` when the deadline came first.
    private func permit(_ call: CopyCall) async throws -> Permit? {
        try await engine.azure.permit(call, plan: plan, within: untilDeadline)
    }

    private func send(
        _ call: CopyCall, permit: Permit, sendBefore: SendBefore?
    ) async throws -> MachineEvent<CopyAnswer> {
        let azure = engine.azure
        let plan = plan
        let result = try await engine.calls.run {
            await azure.send(call, plan: plan, permit: permit, sendBefore: sendBefore)
        }
        switch result {
        case .answered(let answer, let serviceDate):
            return .answered(answer, serviceDate: serviceDate)
        case .failed(let failure):
            logger.info(
                "a call failed",
                metadata: [LogKey.code: "\(failure.code.rawValue)", LogKey.error: "\(failure.message)"]
            )
            return .failed(failure)
        case .tooLate:
            return .failed(
                CallFailure(
                    fate: .notDone(retryAfter: nil), code: .azureUnavailable,
                    message: "the call was held up between its intent and the socket and was not sent"
                )
            )
        }
    }

    // MARK: - The deadline

    private var isDeadlineDue: Bool {
        !isDeadlineTold && engine.surroundings.now() >= plan.deadline
    }

    private var untilDeadline: Duration {
        isDeadlineTold ? .seconds(365 * 24 * 3600) : max(.zero, plan.deadline.since(engine.surroundings.now()))
    }

    private mutating func deadline() -> MachineEvent<CopyAnswer> {
        isDeadlineTold = true
        return .deadlineReached
    }

    // MARK: - The journal

    /// - Returns: whether the request is still ours.
    private mutating func save(isForced: Bool = false) async throws -> Bool {
        noteProgress()
        let checkpoint = Checkpoint(machine: machine, sequence: sequence, context: context)
        guard isForced || checkpoint != saved else { return true }
        let lease = lease
        guard try await engine.journal.ask({ try await $0.save(checkpoint, for: lease) }) == .held else { return false }
        saved = checkpoint
        return true
    }

    private mutating func finish(_ conclusion: Conclusion) async throws -> End {
        let outcome = engine.events.outcome(
            conclusion, plan: plan, run: lease.run, sequence: next(), context: context, startedAt: startedAt,
            finishedAt: engine.surroundings.now()
        )
        let checkpoint = Checkpoint(machine: machine, sequence: sequence, context: context)
        let lease = lease
        switch try await engine.journal.ask({ try await $0.finish(outcome, checkpoint: checkpoint, for: lease) }) {
        case .ended(let stored):
            logger.notice("request ended", metadata: [LogKey.outcome: "\(stored.event)"])
            return .ended(stored)
        case .fenced:
            return try await fenced()
        }
    }

    /// Keeps what only this process knows: ids that an answer named after the request was lost to another worker.
    private func fenced() async throws -> End {
        logger.warning("another worker has taken the request over; this run stops")
        let known = Set(saved?.machine.targetIDs ?? [])
        let lease = lease
        for id in machine.targetIDs where !known.contains(id) {
            let subject: ObligationSubject =
                switch plan.request.kind {
                case .documentModel: .model(id: id)
                case .visionProject: .project(id: id)
                }
            let fact = LearnedFact.made(subject, resource: plan.target.name)
            _ = try await engine.journal.ask { try await $0.learned(fact, for: lease) }
        }
        return .fenced
    }

    /// The task was cancelled: saves once more, if the journal answers, and gives the request up.
    private mutating func stop() async -> End {
        let checkpoint = Checkpoint(machine: machine, sequence: sequence, context: context)
        let lease = lease
        if checkpoint != saved {
            let result = try? await engine.journal.attempt { try await $0.save(checkpoint, for: lease) }
            if case .success(.fenced) = result { return .fenced }
        }
        return .handedBack(.drained)
    }

    // MARK: - Events for those who watch

    private mutating func next() -> Int {
        sequence += 1
        return sequence
    }

    private func announce(_ event: OutgoingEvent) {
        engine.feed.offer(event)
    }

    /// Takes a number for the coming progress event; it is published only after the save that keeps the number.
    private mutating func noteProgress() {
        let now = Announcement(phase: machine.phase, azureStatus: machine.azureStatus)
        guard now != announced else { return }
        announced = now
        pendingProgress = next()
    }

    private var pendingProgress: Int?

    private mutating func announceProgress() {
        guard let number = pendingProgress else { return }
        pendingProgress = nil
        logger.debug("progress", metadata: [LogKey.phase: "\(machine.phase.rawValue)"])
        announce(
            engine.events.progress(
                plan, run: lease.run, sequence: number, phase: machine.phase, azureStatus: machine.azureStatus,
                context: context
            )
        )
    }
}

extension MachineAction {
    var isFinish: Bool {
        guard case .finish = self else { return false }
        return true
    }
}

extension CopyPlan {
    func resource(of call: CopyCall) -> ResourceName {
        switch call.side {
        case .source: source.name
        case .target: target.name
        }
    }
}
