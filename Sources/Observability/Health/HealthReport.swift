/// The answer to one probe: fine, or the reasons why not.
package struct HealthReport: Hashable, Sendable {
    /// Sentences for people, without secrets. Empty: all is well.
    package var reasons: [String]
    /// What is wrong in part, and no reason to send work elsewhere.
    package var notes: [String]
    /// How much the process has to do; `nil`: that is not asked.
    package var load: Load?

    /// Requests and the places in which they run.
    package struct Load: Hashable, Sendable {
        package var running: Int
        package var waiting: Int
        package var slots: Int

        package init(running: Int, waiting: Int, slots: Int) {
            self.running = running
            self.waiting = waiting
            self.slots = slots
        }
    }

    package init(reasons: [String] = [], notes: [String] = [], load: Load? = nil) {
        self.reasons = reasons
        self.notes = notes
        self.load = load
    }

    package var isGood: Bool { reasons.isEmpty }
}
