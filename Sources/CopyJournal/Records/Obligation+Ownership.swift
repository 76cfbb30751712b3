package import CopyDomain

extension ObligationSubject {
    /// The id in Azure, where it is known.
    package var itemID: String? {
        switch self {
        case .model(let id), .project(let id): id
        case .emptyModel, .reservation, .projectName: nil
        }
    }
}

extension Obligation {
    /// The obligation without the suspects that are known to belong to a run.
    package func leavingOut(_ isOwned: (_ id: String) throws -> Bool) rethrows -> Obligation {
        switch subject {
        case .emptyModel(let from, let to, let suspects):
            let remaining = try suspects.filter { try !isOwned($0) }
            return Obligation(
                resource: resource,
                subject: .emptyModel(from: from, to: to, suspects: remaining),
                due: due,
                reason: reason
            )
        case .model, .reservation, .projectName, .project:
            return self
        }
    }
}
