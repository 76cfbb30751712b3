/// The machine of any family: one value that is a run's whole state.
package enum CopyMachine: Codable, Equatable, Sendable {
    case formRecognizer(FormRecognizerMachine)
    case documentIntelligence(DocumentIntelligenceMachine)
    case customVision(CustomVisionMachine)

    package init(_ plan: CopyPlan) {
        switch plan.request.apiVersion.family {
        case .formRecognizer: self = .formRecognizer(FormRecognizerMachine(plan))
        case .documentIntelligence: self = .documentIntelligence(DocumentIntelligenceMachine(plan))
        case .customVision: self = .customVision(CustomVisionMachine(plan))
        }
    }

    /// Tells the machine what happened and gets what to do next.
    ///
    /// - Parameter now: wall time, kept in intents so that a successor can bound when a lost call was made.
    package mutating func receive(_ event: MachineEvent<CopyAnswer>, at now: Timestamp) -> MachineAction<CopyCall> {
        switch self {
        case .formRecognizer(var machine):
            let action = machine.receive(event.map(\.formRecognizer), at: now)
            self = .formRecognizer(machine)
            return action.map(CopyCall.formRecognizer)
        case .documentIntelligence(var machine):
            let action = machine.receive(event.map(\.documentIntelligence), at: now)
            self = .documentIntelligence(machine)
            return action.map(CopyCall.documentIntelligence)
        case .customVision(var machine):
            let action = machine.receive(event.map(\.customVision), at: now)
            self = .customVision(machine)
            return action.map(CopyCall.customVision)
        }
    }

    package var family: CopyFamily {
        switch self {
        case .formRecognizer: .formRecognizer
        case .documentIntelligence: .documentIntelligence
        case .customVision: .customVision
        }
    }

    package var phase: Phase {
        switch self {
        case .formRecognizer(let machine): machine.phase
        case .documentIntelligence(let machine): machine.phase
        case .customVision(let machine): machine.phase
        }
    }

    /// The action was to `perform` a call, and the call has not been sent yet: back to the state before its intent,
    /// where the machine waits for its permit. `.elapsed` brings the intent back, with the time of then.
    package mutating func withdrawIntent() {
        switch self {
        case .formRecognizer(var machine):
            machine.withdrawIntent()
            self = .formRecognizer(machine)
        case .documentIntelligence(var machine):
            machine.withdrawIntent()
            self = .documentIntelligence(machine)
        case .customVision(var machine):
            machine.withdrawIntent()
            self = .customVision(machine)
        }
    }

    package var plan: CopyPlan {
        switch self {
        case .formRecognizer(let machine): machine.plan
        case .documentIntelligence(let machine): machine.plan
        case .customVision(let machine): machine.plan
        }
    }

    /// What Azure last said about the copy itself (`notStarted`, `running`, `Importing` …), for progress events.
    package var azureStatus: String? {
        switch self {
        case .formRecognizer(let machine): machine.azureStatus
        case .documentIntelligence(let machine): machine.azureStatus
        case .customVision(let machine): machine.azureStatus
        }
    }

    /// When a request that was stopped ends whatever is still under way; `nil`: it was not.
    package var graceEnds: Timestamp? {
        switch self {
        case .formRecognizer(let machine): machine.record.stop?.graceEnds
        case .documentIntelligence(let machine): machine.record.stop?.graceEnds
        case .customVision(let machine): machine.record.stop?.graceEnds
        }
    }

    /// Everything this run may have left in Azure, in the order in which it was found out. Only ever grows.
    package var obligations: [Obligation] {
        switch self {
        case .formRecognizer(let machine): machine.obligations
        case .documentIntelligence(let machine): machine.obligations
        case .customVision(let machine): machine.obligations
        }
    }

    /// Ids in the target resource that belong to this run, so that no other run takes them for a lost one's.
    package var targetIDs: [String] {
        switch self {
        case .formRecognizer(let machine): machine.targetIDs
        case .documentIntelligence(let machine): machine.targetIDs
        case .customVision(let machine): machine.targetIDs
        }
    }
}

/// A call of any family.
package enum CopyCall: Hashable, Sendable {
    case formRecognizer(FormRecognizerCall)
    case documentIntelligence(DocumentIntelligenceCall)
    case customVision(CustomVisionCall)

    /// Which of the two resources the call goes to.
    package var side: CallSide {
        switch self {
        case .formRecognizer(let call): call.side
        case .documentIntelligence(let call): call.side
        case .customVision(let call): call.side
        }
    }

    package var hasSideEffect: Bool {
        switch self {
        case .formRecognizer(let call): call.hasSideEffect
        case .documentIntelligence(let call): call.hasSideEffect
        case .customVision(let call): call.hasSideEffect
        }
    }
}

package enum CallSide: String, Codable, Sendable {
    case source, target
}

/// An answer of any family. A machine that is told another family's answer is a mistake of ours, and traps.
package enum CopyAnswer: Hashable, Sendable {
    case formRecognizer(FormRecognizerAnswer)
    case documentIntelligence(DocumentIntelligenceAnswer)
    case customVision(CustomVisionAnswer)

    var formRecognizer: FormRecognizerAnswer {
        guard case .formRecognizer(let answer) = self else { preconditionFailure("an answer of another family") }
        return answer
    }

    var documentIntelligence: DocumentIntelligenceAnswer {
        guard case .documentIntelligence(let answer) = self else { preconditionFailure("an answer of another family") }
        return answer
    }

    var customVision: CustomVisionAnswer {
        guard case .customVision(let answer) = self else { preconditionFailure("an answer of another family") }
        return answer
    }
}

extension MachineEvent {
    func map<Other: Sendable>(_ transform: (Answer) -> Other) -> MachineEvent<Other> {
        switch self {
        case .begun: .begun
        case .resumed: .resumed
        case .answered(let answer, let serviceDate): .answered(transform(answer), serviceDate: serviceDate)
        case .failed(let failure): .failed(failure)
        case .elapsed: .elapsed
        case .reserved: .reserved
        case .deadlineReached: .deadlineReached
        case .cancelRequested: .cancelRequested
        case .convicted: .convicted
        }
    }
}

extension MachineAction {
    func map<Other: Sendable>(_ transform: (Call) -> Other) -> MachineAction<Other> {
        switch self {
        case .ask(let call): .ask(transform(call))
        case .perform(let call): .perform(transform(call))
        case .poll(let call): .poll(transform(call))
        case .wait(let wait): .wait(wait)
        case .reserve(let name): .reserve(name)
        case .finish(let conclusion): .finish(conclusion)
        }
    }
}
