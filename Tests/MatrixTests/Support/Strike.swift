import AzureEmulation

/// A fault that befalls one request between west and east, whichever call it is.
struct Strike: Hashable, Sendable {
    /// The request's number among those to west and east, from 0.
    let number: Int
    let fault: FaultKind
    /// `nil`: the first stage at which the fault can strike.
    var when: Stage?
    /// Seconds, for `throttle`.
    var retryAfter = 1

    /// What makes the emulator do it to the next request of a resource.
    func rule(at resource: String) -> FaultRule {
        FaultRule(fault, resource: resource, when: when, retryAfter: retryAfter, count: 1)
    }
}
