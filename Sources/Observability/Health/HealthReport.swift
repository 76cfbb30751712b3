/// The answer to one probe: fine, or the reasons why not.
package struct HealthReport: Hashable, Sendable {
    /// Sentences for people, without secrets. Empty: all is well.
    package var reasons: [String]
    /// What is wrong in part, and no reason to send work elsewhere.
    package var notes: [String]

    package init(reasons: [String] = [], notes: [String] = []) {
        self.reasons = reasons
        self.notes = notes
    }

    package var isGood: Bool { reasons.isEmpty }
}
