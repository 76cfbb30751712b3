/// A machine that looks at source and target before it changes anything in Azure.
protocol InspectingMachine {
    associatedtype Call: Sendable
    associatedtype Question: Sendable

    var plan: CopyPlan { get }
    var phase: Phase { get }
    var record: RunRecord { get set }
    var preflight: Preflight { get set }

    mutating func inspect(_ question: Question) -> MachineAction<Call>
    mutating func end(_ conclusion: Conclusion) -> MachineAction<Call>
}

extension InspectingMachine {
    /// A problem ends a copy; a check goes on to the next question.
    mutating func object(_ problem: CopyProblem, next: Question?) -> MachineAction<Call> {
        guard plan.request.isCheck else {
            return end(record.conclusion(record.verdict(Verdict(problem), in: phase)))
        }
        preflight.note(problem)
        if let next { return inspect(next) }
        return endCheck()
    }

    mutating func endCheck() -> MachineAction<Call> {
        end(.checked(preflight.report(warnings: record.warnings)))
    }

    /// Whether there is room is worth knowing, not worth failing for: the service checks it itself.
    mutating func warnOfUnknownRoom(_ failure: CallFailure) {
        record.warn("Whether the target has room could not be found out. \(failure.message)")
    }
}

extension CopyRequest {
    var isCheck: Bool {
        switch purpose {
        case .copy: false
        case .check: true
        }
    }
}
