package import CopyDomain

/// What a call to one resource needs besides its plan: a credential and a budget.
package struct ResourceAccess: Sendable {
    package var credential: Credential
    package var budget: ResourceBudget

    package init(credential: Credential, budget: ResourceBudget) {
        self.credential = credential
        self.budget = budget
    }

    /// - Parameter key: read for every call, so that a rotated key is picked up. The error's description is shown to
    ///   people.
    package init(key: @escaping @Sendable () throws -> Secret, budget: ResourceBudget) {
        self.init(credential: .key { SecretReading(try key()) }, budget: budget)
    }
}
