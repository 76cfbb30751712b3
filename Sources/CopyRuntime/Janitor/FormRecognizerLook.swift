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

    private func finding(
        of suspects: [String],
        from: Timestamp,
        to: Timestamp,
        among all: [RecordedObligation]
    ) async throws(Janitor.Interruption) -> ObligationFinding {
        // Nobody has listed them, or all turned out to be somebody's: the list tells which.
        guard !suspects.isEmpty else { return try await findingOfAny(from: from, to: to, among: all) }
        var empty: [String] = []
        var oldest: Timestamp?
        for id in suspects {
            let (found, date) = try await model(id)
            guard let model = found else { continue }
            switch model.status {
            // A copy was made into it, whatever came of that: it is somebody's.
            case .ready, .invalid: continue
            case .creating:
                guard let created = model.created, from <= created, created <= to else { continue }
                empty.append(id)
                oldest = oldest ?? date
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
        return try await delete(
            empty,
            asOf: oldest,
            because: "a lost authorization made it, and cannot be used any more"
        )
    }

    /// Without suspects nothing is explained, so that nothing is deleted.
    private func findingOfAny(
        from: Timestamp,
        to: Timestamp,
        among all: [RecordedObligation]
    ) async throws(Janitor.Interruption) -> ObligationFinding {
        guard
            case .formRecognizer(.targetModels(let models)) = try await janitor.ask(
                .formRecognizer(.listTargetModels),
                plan
            ).answer
        else { throw .postponed("Azure's answer was another than asked for.") }
        let empty = models.filter { model in
            model.status == .creating && (model.created.map { from <= $0 && $0 <= to } ?? false)
        }
        guard !empty.isEmpty else { return .served("No empty model of that time is there.") }
        let explained = all.filter { $0.obligation.resource == obligation.resource }.flatMap(\.suspects)
        let rest = Set(empty.map(\.id)).subtracting(explained).sorted()
        guard !rest.isEmpty else {
            return janitor.postponed("The empty models of that time are others' to explain.", obligation)
        }
        return janitor.needsPerson(
            "Nobody could list the models when the authorization was lost, and it may have made one of the empty models "
                + "\(rest.joined(separator: ", ")): delete those that nobody needs."
        )
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

extension RecordedObligation {
    fileprivate var suspects: [String] {
        switch obligation.subject {
        case .emptyModel(_, _, let suspects): suspects
        case .model, .reservation, .projectName, .project: []
        }
    }
}
