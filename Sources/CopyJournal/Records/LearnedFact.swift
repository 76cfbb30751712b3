package import CopyDomain

/// Something that a process learned too late to act on.
package enum LearnedFact: Codable, Hashable, Sendable {
    /// An answer named something that this run made in the target resource.
    case made(ObligationSubject, resource: ResourceName)
}

extension LearnedFact {
    package var resource: ResourceName {
        switch self {
        case .made(_, let resource): resource
        }
    }

    package var subject: ObligationSubject {
        switch self {
        case .made(let subject, _): subject
        }
    }

    /// The debt that the fact is, at once due.
    package func obligation(learnedAt moment: Timestamp) -> Obligation {
        switch self {
        case .made(let subject, let resource):
            Obligation(
                resource: resource,
                subject: subject,
                due: moment,
                reason: "an answer that came too late for its run named what the run had made"
            )
        }
    }
}
