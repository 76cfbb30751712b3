import CopyDomain

/// The right to send one call now. Not sending it costs nothing but the place in the budget.
package struct Permit: Sendable {
    /// The credential, taken with the permit: before the intent is saved. `nil`: taken when the call is sent.
    let proof: Result<Proof, CallFailure>?

    package init() {
        proof = nil
    }

    init(proof: Result<Proof, CallFailure>?) {
        self.proof = proof
    }
}
