/// The machine of one family: what it does with an event is the same for all, what follows from it is its own.
protocol FamilyMachine: InspectingMachine {
    associatedtype Answer: Sendable

    /// How the run ended; `nil` while it goes on.
    var conclusion: Conclusion? { get }
    /// Whether an answer means progress in the present state, so that pauses begin small again.
    var endsTrouble: Bool { get }

    /// What the state asks for by itself. A call that an intent names has an open fate here.
    mutating func proceed(at now: Timestamp) -> MachineAction<Call>
    /// What follows when the reservation of the last action was granted.
    mutating func reserved(at now: Timestamp) -> MachineAction<Call>
    mutating func answered(_ answer: Answer, serviceDate: Timestamp?, at now: Timestamp) -> MachineAction<Call>
    mutating func failed(_ failure: CallFailure, at now: Timestamp) -> MachineAction<Call>
    mutating func end(_ verdict: Verdict) -> MachineAction<Call>
    /// Notes for the outcome, and as debts, all that the run may have left in Azure as it stands.
    mutating func leaveEverything(at now: Timestamp)
    mutating func stopped(for cause: Stop.Cause, at now: Timestamp) -> MachineAction<Call>
    /// Puts the end in the place of an action that would come after the grace of a stop.
    mutating func withinGrace(_ action: MachineAction<Call>, at now: Timestamp) -> MachineAction<Call>
}

extension FamilyMachine {
    mutating func receive(_ event: MachineEvent<Answer>, at now: Timestamp) -> MachineAction<Call> {
        if let conclusion { return .finish(conclusion) }
        switch event {
        // The first four are not bounded by a grace that ran out while nobody looked: one more look may end the run
        // well.
        case .begun:
            record.warn(of: plan.request.apiVersion, at: now)
            return proceed(at: now)
        case .resumed:
            return proceed(at: now)
        case .deadlineReached:
            return stopped(for: .deadline, at: now)
        case .cancelRequested:
            return stopped(for: .cancel, at: now)
        case .convicted:
            let verdict = Verdict.killer(in: phase)
            leaveEverything(at: now)
            return end(verdict)
        case .reserved:
            return reserved(at: now)
        case .elapsed:
            return withinGrace(proceed(at: now), at: now)
        case .answered(let answer, let serviceDate):
            record.wasAnswered()
            if endsTrouble { record.backoff.reset() }
            return withinGrace(answered(answer, serviceDate: serviceDate, at: now), at: now)
        case .failed(let failure):
            return withinGrace(failed(failure, at: now), at: now)
        }
    }

    mutating func reserved(at now: Timestamp) -> MachineAction<Call> {
        withinGrace(proceed(at: now), at: now)
    }
}
