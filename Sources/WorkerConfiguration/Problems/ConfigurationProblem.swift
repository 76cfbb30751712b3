/// One thing that is wrong with a configuration. Never shows a secret.
package struct ConfigurationProblem: Hashable, Sendable {
    /// The dotted key, e.g. `resources.invoices.region`; `nil` when it is about the file as a whole.
    package let key: String?
    /// In the file, from 1.
    package let line: Int?
    /// The environment variable that the value came from, if it did not come from the file.
    package let variable: String?
    package let message: String
    /// What to do about it.
    package let advice: String

    package init(
        key: String?,
        line: Int? = nil,
        variable: String? = nil,
        message: String,
        advice: String
    ) {
        self.key = key
        self.line = line
        self.variable = variable
        self.message = message
        self.advice = advice
    }
}

extension ConfigurationProblem: CustomStringConvertible {
    package var description: String {
        let place = variable.map { "environment variable \($0): " } ?? line.map { "line \($0): " } ?? ""
        return place + (key.map { "\($0): " } ?? "") + message + "\n    -> " + advice
    }
}
