package import CopyDomain

/// An obligation, the run that owes it, and what has been found out about it.
package struct RecordedObligation: Codable, Hashable, Sendable {
    /// Its place in the journal, from 1.
    package let number: Int64
    package let request: RequestID
    package let run: Int
    package let obligation: Obligation
    /// When it is to be looked at next: when it is due, or later if it has been looked at in vain.
    package let nextLook: Timestamp
    /// Only a person can decide; a next look only finds out whether somebody has.
    package let needsPerson: Bool
    /// What the last look found; `nil`: nobody has looked.
    package let finding: String?

    package init(
        number: Int64,
        request: RequestID,
        run: Int,
        obligation: Obligation,
        nextLook: Timestamp,
        needsPerson: Bool = false,
        finding: String? = nil
    ) {
        self.number = number
        self.request = request
        self.run = run
        self.obligation = obligation
        self.nextLook = nextLook
        self.needsPerson = needsPerson
        self.finding = finding
    }
}

extension RecordedObligation {
    package var resource: ResourceName { obligation.resource }
    package var subject: ObligationSubject { obligation.subject }
    package var due: Timestamp { obligation.due }
    package var reason: String { obligation.reason }
}

/// What came of a look at an obligation.
package enum ObligationFinding: Hashable, Sendable {
    /// It is served: what it was about is gone, or turned out to be somebody's. The sentence says which.
    case served(String)
    /// It stands; to be looked at again at that time.
    case open(String, nextLook: Timestamp)
    /// It stands, and only a person can decide; to be looked at again at that time, in case somebody has.
    case needsPerson(String, nextLook: Timestamp)
}
