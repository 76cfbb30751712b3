package import CopyDomain

/// What a call to one resource needs besides its plan: a credential and a budget.
package struct ResourceAccess: Sendable {
    /// The only one that the credential is shown to, as ``FrozenResource/endpoint``.
    package var endpoint: String
    package var credential: Credential
    package var budget: ResourceBudget

    package init(endpoint: String, credential: Credential, budget: ResourceBudget) {
        self.endpoint = endpoint
        self.credential = credential
        self.budget = budget
    }

    /// - Parameter key: read for every call, so that a rotated key is picked up. The error's description is shown to
    ///   people.
    package init(endpoint: String, key: @escaping @Sendable () throws -> Secret, budget: ResourceBudget) {
        self.init(endpoint: endpoint, credential: .key { SecretReading(try key()) }, budget: budget)
    }
}
