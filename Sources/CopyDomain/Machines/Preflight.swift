/// What was found out before anything was changed in Azure.
struct Preflight: Codable, Hashable, Sendable {
    /// What would keep the copy from being begun. A copy ends with the first; a check collects all.
    private(set) var problems: [CopyProblem] = []
    private(set) var verified: [String] = []

    mutating func note(_ problem: CopyProblem) {
        problems.append(problem)
    }

    mutating func note(_ sentence: String) {
        verified.append(sentence)
    }

    func report(warnings: [String]) -> CheckReport {
        CheckReport(problems: problems, verified: verified, warnings: warnings)
    }
}

extension Verdict {
    init(_ problem: CopyProblem) {
        self = .failed(problem.code, problem.message, azure: problem.azure)
    }
}

extension CopyProblem {
    init(_ code: FailureCode, _ message: String) {
        self.init(code: code, message: message, azure: nil)
    }

    init(_ failure: CallFailure) {
        self.init(code: failure.code, message: failure.message, azure: failure.azure)
    }
}
