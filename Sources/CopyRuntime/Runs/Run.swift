import AzureAI
import CopyDomain
import CopyJournal
import Logging

/// Drives one request's machine from where its checkpoint stands to an outcome.
///
/// The order of every step is always the same: what the machine has become is saved before anything
/// follows from it; a call with a side effect takes its permit, then its intent is saved, then it is sent at once.
/// Cancelling the task stops the run between two steps, never inside one; a ``RunControl`` does so for a reason.
struct Run {
    enum End: Sendable {
        case ended(StoredOutcome)
        /// Another worker owns the request now.
        case fenced
        /// What the journal holds of the request cannot be read.
        case unreadable(JournalError)
        /// Not finished here: the machine is saved as far as the journal answered.
        case handedBack(HandBack)
    }

    enum HandBack: Equatable, Sendable, CustomStringConvertible {
        /// The worker drains.
        case drained
        /// What the run needs is taken by another request.
        case reservationTaken(by: RequestID)
        /// A delivery was held for long enough.
        case holdLimit
        /// Another request has to run alone.
        case roomForAnother
        /// It has to run alone and cannot at present.
        case noRoom
        case resourcePaused(ResourceName)

        var description: String {
            switch self {
            case .drained: "the worker drains"
            case .reservationTaken(let holder): "the request \(holder.rawValue) has what it needs"
            case .holdLimit: "its message was held for long enough"
            case .roomForAnother: "another request has to run alone"
            case .noRoom: "it has to run alone and cannot at present"
            case .resourcePaused(let resource): "the resource \(resource.rawValue) keeps failing"
            }
        }
    }

    let lease: Lease
    let engine: Engine
    /// What others ask of this run.
    let control: RunControl
    var machine: CopyMachine
    var sequence: Int
    var context: [String: String]
    /// What the journal holds for certain.
    var saved: Checkpoint?
    /// Target ids that the journal knows of.
    var knownIDs: [String]
    var announced: Announcement?
    /// The number of a progress event that waits for the save which keeps it.
    var pendingProgress: Int?
    var isDeadlineTold = false
    let startedAt: Timestamp
    private(set) var logger: Logger

    init(
        lease: Lease,
        checkpoint: Checkpoint,
        context: [String: String],
        control: RunControl,
        engine: Engine
    ) {
        self.lease = lease
        self.engine = engine
        self.control = control
        machine = checkpoint.machine
        sequence = checkpoint.sequence
        self.context = checkpoint.context.isEmpty ? context : checkpoint.context
        saved = checkpoint.context.isEmpty ? nil : checkpoint
        knownIDs = checkpoint.machine.targetIDs
        startedAt = engine.surroundings.now()
        logger = engine.logger
        logger[metadataKey: LogKey.request] = "\(lease.id.rawValue)"
        logger[metadataKey: LogKey.epoch] = "\(lease.epoch)"
    }

    var plan: CopyPlan { machine.plan }

    mutating func drive(isNew: Bool) async -> End {
        if isNew {
            announce(engine.events.accepted(plan, run: lease.run, sequence: next(), context: context))
            announce(engine.events.started(plan, run: lease.run, sequence: next(), context: context))
            logger.info("request accepted", metadata: [LogKey.kind: "\(plan.request.kind.rawValue)"])
        } else {
            logger.info("request resumed", metadata: [LogKey.phase: "\(machine.phase.rawValue)"])
        }
        return await goOn(from: .tell(isNew ? .begun : .resumed))
    }

    enum Step {
        case tell(MachineEvent<CopyAnswer>)
        case act(MachineAction<CopyCall>)
        case end(End)
    }

    /// Goes on until the run ends.
    /// - Throws: `CancellationError` when the task was cancelled between two steps: `step` is the one that is due,
    ///   and no call of it was sent.
    mutating func proceed(from step: inout Step) async throws -> End {
        while true {
            switch step {
            case .tell(let event): step = .act(machine.receive(event, at: engine.surroundings.now()))
            case .act(let action): step = try await act(action)
            case .end(let end): return end
            }
        }
    }

    private mutating func act(_ action: MachineAction<CopyCall>) async throws -> Step {
        if case .finish(let conclusion) = action {
            return .end(try await finish(conclusion))
        }
        if isDeadlineDue { return .tell(deadline()) }
        // What is saved before the permit says what the run knows, not yet what it means to send.
        if case .perform = action { machine.withdrawIntent() }
        guard try await save() else { return .end(try await fenced()) }
        announceProgress()
        // A cancel that is asked for comes before the pause of a resource: it lets the run go on to its end.
        try Task.checkCancellation()
        if let obstacle { return .end(.handedBack(.resourcePaused(obstacle))) }
        return try await carryOut(action)
    }

    private mutating func carryOut(_ action: MachineAction<CopyCall>) async throws -> Step {
        switch action {
        case .ask(let call):
            guard let permit = try await permit(call) else { return .tell(late()) }
            return await send(call, permit: permit, sendBefore: nil)
        case .perform(let call):
            return try await perform(call)
        case .poll(let call):
            engine.timetable.enter(lease.id, resource: plan.resource(of: call))
            try await engine.timetable.turn(of: lease.id, limit: patience)
            guard !isDeadlineDue, let permit = try await permit(call) else { return .tell(late()) }
            return await send(call, permit: permit, sendBefore: nil)
        case .wait(let wait):
            try await engine.surroundings.sleep(min(engine.surroundings.duration(of: wait), patience))
            return .tell(isDeadlineDue ? deadline() : .elapsed)
        case .reserve(let name):
            let lease = lease
            switch try await engine.journal.ask({ try await $0.reserve(name, for: lease) }) {
            case .granted: return .tell(.reserved)
            case .taken(let holder): return .end(.handedBack(.reservationTaken(by: holder)))
            case .fenced: return .end(try await fenced())
            }
        case .finish(let conclusion):
            return .end(try await finish(conclusion))
        }
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
