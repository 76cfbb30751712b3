package import CopyDomain

/// What a call to one resource needs besides its plan: a key and a budget.
package struct ResourceAccess: Sendable {
    /// Read for every call, so that a rotated key is picked up. The error's description is shown to people.
    package var key: @Sendable () throws -> Secret
    package var budget: ResourceBudget

    package init(key: @escaping @Sendable () throws -> Secret, budget: ResourceBudget) {
        self.key = key
        self.budget = budget
    }
}
