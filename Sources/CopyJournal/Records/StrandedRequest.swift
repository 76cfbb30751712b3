package import CopyDomain

/// What the journal knows of a request whose message may be lost: enough to make it a new one.
package struct StrandedRequest: Equatable, Sendable {
    /// The longest time between two messages to one request, in periods.
    package static let longestPause = 64

    package let id: RequestID
    /// What claims of the id are compared with.
    package let content: [UInt8]
    package let plan: CopyPlan
    /// Headers of the request that its events carry on; empty while nothing of it was saved.
    package let context: [String: String]

    package init(id: RequestID, content: [UInt8], plan: CopyPlan, context: [String: String]) {
        self.id = id
        self.content = content
        self.plan = plan
        self.context = context
    }
}
