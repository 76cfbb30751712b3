import CopyDomain
import CopyJournal

/// A look at what a Custom Vision run may have left: projects under ids that the service gave, or under a name that
/// only the request and its attempt used.
struct CustomVisionLook {
    let janitor: Janitor
    let plan: CopyPlan
    let obligation: RecordedObligation
    /// What the request succeeded with.
    let target: String?

    func finding() async throws(Janitor.Interruption) -> ObligationFinding {
        switch obligation.subject {
        case .project(let id):
            if id == target { return .served("It is what the request succeeded with.") }
            guard try await project(id) != nil else { return .served("The project is gone.") }
            return try await delete([id], because: "the request's own run made it and gave it up")
        case .projectName(let name):
            let ids = try await projects(named: name)
            guard !ids.isEmpty else { return .served("No project bears the name, and its import token has run out.") }
            return try await delete(ids, because: "an import of this request made it under a name of its own")
        case .emptyModel, .model, .reservation:
            return janitor.misfit
        }
    }

    private func projects(named name: String) async throws(Janitor.Interruption) -> [String] {
        let answer = try await janitor.ask(.customVision(.listTargetProjects), plan)
        guard case .customVision(.projects(let projects)) = answer else {
            throw .postponed("Azure's answer was another than asked for.")
        }
        return projects.filter { $0.name.utf8.elementsEqual(name.utf8) && $0.id != target }.map(\.id)
    }

    private func project(_ id: String) async throws(Janitor.Interruption) -> CustomVisionProject? {
        let answer = try await janitor.ask(.customVision(.getTargetProject(id: id)), plan)
        guard case .customVision(.project(let project)) = answer else {
            throw .postponed("Azure's answer was another than asked for.")
        }
        return project
    }

    private func delete(_ ids: [String], because reason: String) async throws(Janitor.Interruption) -> ObligationFinding
    {
        for id in ids {
            try await janitor.delete(
                .customVision(.deleteTargetProject(id: id)),
                plan,
                for: obligation,
                because: reason
            )
            guard try await project(id) == nil else {
                return janitor.postponed("The project \(id) was deleted and is still shown.", obligation)
            }
        }
        return .served("Deleted: \(ids.joined(separator: ", ")); \(reason).")
    }
}
