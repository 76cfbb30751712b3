/// A debt of a run towards Azure: something that has to be looked at again once it is due.
package struct Obligation: Codable, Hashable, Sendable {
    package let resource: ResourceName
    package let subject: ObligationSubject
    /// Not to be touched before: what was lost may still arrive until then.
    package let due: Timestamp
    package let reason: String

    package init(resource: ResourceName, subject: ObligationSubject, due: Timestamp, reason: String) {
        self.resource = resource
        self.subject = subject
        self.due = due
        self.reason = reason
    }
}

package enum ObligationSubject: Codable, Hashable, Sendable {
    /// A v2 authorization whose answer was lost: a model without a known id, created between the two moments of the
    /// service's clock. `suspects` are the ids of the `creating` models of that window that were there when the run
    /// listed them and that it did not know; the journal leaves out those that other runs turn out to own.
    case emptyModel(from: Timestamp, to: Timestamp, suspects: [String])
    /// A model or classifier this run made.
    case model(id: String)
    /// An id that an authorization of this run may hold although nothing is visible under it.
    case reservation(id: String)
    /// A project name that only this run used, for an import that may still arrive.
    case projectName(String)
    /// A project this run made.
    case project(id: String)
}
