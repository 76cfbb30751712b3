package import CopyDomain

/// Turns calls into requests, sends them, and turns answers into what a machine understands. The only sending place.
package protocol AzureCalling: Sendable {
    /// Waits for a place in the budget of the call's resource and kind, and for its Retry-After, if any.
    /// - Returns: `nil` when the limit came first; it is kept to a second or so.
    /// - Throws: `CancellationError` only.
    func permit(_ call: CopyCall, plan: CopyPlan, within limit: Duration) async throws -> Permit?

    /// Sends a call for which a permit was taken and classifies what came back.
    /// - Parameter sendBefore: for calls with a side effect.
    /// - Returns: `.tooLate` when nothing was sent because `sendBefore` had passed: save the intent again.
    func send(_ call: CopyCall, plan: CopyPlan, permit: Permit, sendBefore: SendBefore?) async -> CallResult
}
