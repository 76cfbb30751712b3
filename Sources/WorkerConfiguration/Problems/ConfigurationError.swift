/// A configuration that cannot be used, with everything that is wrong with it.
package struct ConfigurationError: Error, Hashable, Sendable {
    package let file: String
    /// In the order of the file; problems without a line come last.
    package let problems: [ConfigurationProblem]

    init(file: String, problems: [ConfigurationProblem]) {
        self.file = file
        let numbered = problems.enumerated().sorted { left, right in
            (left.element.line ?? .max, left.offset) < (right.element.line ?? .max, right.offset)
        }
        self.problems = numbered.map(\.element)
    }
}

extension ConfigurationError: CustomStringConvertible {
    package var description: String {
        let count = problems.count == 1 ? "1 problem" : "\(problems.count) problems"
        return (["\(file): \(count)"] + problems.map { "  \($0)" }).joined(separator: "\n")
    }
}
