import CopyDomain

/// The right to send one call now. Not sending it costs nothing but the place in the budget.
package struct Permit: Sendable {
    /// The credential, taken with the permit: before the intent is saved. `nil`: read when the call is sent.
    let key: Secret?

    package init() {
        key = nil
    }

    init(key: Secret?) {
        self.key = key
    }
}
