/// The answer to one probe: fine, or the reasons why not.
package struct HealthReport: Hashable, Sendable {
    /// Sentences for people, without secrets. Empty: all is well.
    package var reasons: [String]

    package init(reasons: [String] = []) {
        self.reasons = reasons
    }

    package var isGood: Bool { reasons.isEmpty }
}
