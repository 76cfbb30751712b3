import CopyDomain
import CopyJournal

/// A look at what a v2 run may have left: models under ids that the service gave.
struct FormRecognizerLook {
    let janitor: Janitor
    let plan: CopyPlan
    let obligation: RecordedObligation
    /// What the request succeeded with.
    let target: String?

    func finding(among all: [RecordedObligation]) async throws(Janitor.Interruption) -> ObligationFinding {
        switch obligation.subject {
        case .model(let id):
            if id == target { return .served("It is what the request succeeded with.") }
            guard try await model(id) != nil else { return .served("The model is gone.") }
            return try await delete([id], because: "the request's own run made it and gave it up")
        case .emptyModel(let from, let to, let suspects):
            return try await finding(of: suspects, from: from, to: to, among: all)
        case .reservation, .projectName, .project:
            return janitor.misfit
        }
    }

    private func finding(
        of suspects: [String],
        from: Timestamp,
        to: Timestamp,
        among all: [RecordedObligation]
    ) async throws(Janitor.Interruption) -> ObligationFinding {
        var empty: [String] = []
        for id in suspects {
            guard let model = try await model(id) else { continue }
            switch model.status {
            // A copy was made into it: it is somebody's.
            case .ready: continue
            case .creating, .invalid:
                guard let created = model.created, from <= created, created <= to else { continue }
                empty.append(id)
            case .unknown:
                return janitor.needsPerson("The state of the model \(id) is not known to this version: look at it.")
            }
        }
        guard !empty.isEmpty else { return .served("No empty model of that time is left that nobody else explains.") }
        guard empty.count <= explanations(of: empty, among: all) else {
            return janitor.needsPerson(
                "The lost authorization made at most one of the empty models \(empty.joined(separator: ", ")), and "
                    + "which one cannot be told: delete those that nobody needs."
            )
        }
        return try await delete(empty, because: "a lost authorization made it, and cannot be used any more")
    }

    /// How many lost authorizations may each have made any of these.
    private func explanations(of ids: [String], among all: [RecordedObligation]) -> Int {
        all.count { other in
            guard other.obligation.resource == obligation.resource,
                case .emptyModel(_, _, let suspects) = other.obligation.subject
            else { return false }
            return Set(ids).isSubset(of: suspects)
        }
    }

    private func model(_ id: String) async throws(Janitor.Interruption) -> FormRecognizerModel? {
        let answer = try await janitor.ask(.formRecognizer(.getTargetModel(id: id)), plan)
        guard case .formRecognizer(.targetModel(let model)) = answer else {
            throw .postponed("Azure's answer was another than asked for.")
        }
        return model
    }

    private func delete(_ ids: [String], because reason: String) async throws(Janitor.Interruption) -> ObligationFinding
    {
        for id in ids {
            try await janitor.delete(
                .formRecognizer(.deleteTargetModel(id: id)),
                plan,
                for: obligation,
                because: reason
            )
            guard try await model(id) == nil else {
                return janitor.postponed("The model \(id) was deleted and is still shown.", obligation)
            }
        }
        return .served("Deleted: \(ids.joined(separator: ", ")); \(reason).")
    }
}
