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
            let (found, date) = try await model(id)
            guard found != nil else { return .served("The model is gone.") }
            return try await delete([id], asOf: date, because: "the request's own run made it and gave it up")
        case .emptyModel(let from, let to, let suspects):
            return try await finding(of: suspects, from: from, to: to, among: all)
        case .reservation, .projectName, .project:
            return janitor.misfit
        }
    }

    /// The list is read anew: an authorization may have taken effect after its run had listed the suspects.
    private func finding(
        of suspects: [String],
        from: Timestamp,
        to: Timestamp,
        among all: [RecordedObligation]
    ) async throws(Janitor.Interruption) -> ObligationFinding {
        let reply = try await janitor.ask(.formRecognizer(.listTargetModels), plan)
        guard case .formRecognizer(.targetModels(let models)) = reply.answer else {
            throw .postponed("Azure's answer was another than asked for.")
        }
        for model in models where suspects.contains(model.id) {
            guard case .unknown = model.status else { continue }
            return janitor.needsPerson("The state of the model \(model.id) is not known to this version: look at it.")
        }
        // Into one that is ready or invalid a copy was made, whatever came of that: it is somebody's.
        let empty = models.filter { model in
            model.status == .creating && (model.created.map { from <= $0 && $0 <= to } ?? false)
        }.map(\.id)
        let unlisted = Set(empty).subtracting(named(in: all)).sorted()
        guard unlisted.isEmpty else {
            return janitor.needsPerson(
                "The lost authorization may have made one of the empty models \(unlisted.joined(separator: ", ")), which "
                    + "were not listed when it was lost: delete those that nobody needs."
            )
        }
        let suspected = Set(empty).intersection(suspects).sorted()
        guard !suspected.isEmpty else {
            return suspects.isEmpty && !empty.isEmpty
                ? janitor.postponed("The empty models of that time are others' to explain.", obligation)
                : .served("No empty model of that time is left that nobody else explains.")
        }
        guard suspected.count <= explanations(of: suspected, among: all) else {
            return janitor.needsPerson(
                "The lost authorization made at most one of the empty models \(suspected.joined(separator: ", ")), and "
                    + "which one cannot be told: delete those that nobody needs."
            )
        }
        return try await delete(
            suspected,
            asOf: reply.date,
            because: "a lost authorization made it, and cannot be used any more"
        )
    }

    /// Every model that some obligation of the resource names.
    private func named(in all: [RecordedObligation]) -> [String] {
        all.filter { $0.obligation.resource == obligation.resource }.flatMap { other -> [String] in
            switch other.obligation.subject {
            case .emptyModel(_, _, let suspects): suspects
            case .model(let id): [id]
            case .reservation, .projectName, .project: []
            }
        }
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

    private func model(_ id: String) async throws(Janitor.Interruption) -> (FormRecognizerModel?, date: Timestamp?) {
        let reply = try await janitor.ask(.formRecognizer(.getTargetModel(id: id)), plan)
        guard case .formRecognizer(.targetModel(let model)) = reply.answer else {
            throw .postponed("Azure's answer was another than asked for.")
        }
        return (model, reply.date)
    }

    private func delete(
        _ ids: [String],
        asOf date: Timestamp?,
        because reason: String
    ) async throws(Janitor.Interruption) -> ObligationFinding {
        for id in ids {
            let call = CopyCall.formRecognizer(.deleteTargetModel(id: id))
            try await janitor.delete(call, plan, for: obligation, asOf: date, because: reason)
            guard try await model(id).0 == nil else {
                return janitor.postponed("The model \(id) was deleted and is still shown.", obligation)
            }
        }
        return .served("Deleted: \(ids.joined(separator: ", ")); \(reason).")
    }
}
