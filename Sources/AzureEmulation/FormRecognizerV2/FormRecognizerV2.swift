/// Form Recognizer v2: authorize on the target, copy on the source, poll on the source (azure-copy-apis.md 1).
struct FormRecognizerV2: ServiceFamily {
    /// By resource, then by id in lower case.
    var models: [[String: FormRecognizerModel]]
    /// By access token.
    var authorizations: [String: Authorization] = [:]
    /// By result id.
    var operations: [String: CopyOperation] = [:]
    var agenda = Agenda<String>()

    init(seeds: [SeedList<ModelSeed>], now: Moment, in premises: inout Premises) {
        models = []
        for (resource, seeds) in seeds.enumerated() {
            let name = premises.resources[resource].name
            let list = seeds.listed(or: { ModelSeed(name: "\(name)-model-\($0)") })
            var table: [String: FormRecognizerModel] = [:]
            for seed in list {
                let model = Self.model(seed, now: now, random: &premises.random)
                table[model.id] = model
            }
            models.append(table)
        }
    }

    private static func model(_ seed: ModelSeed, now: Moment, random: inout SplitMix64) -> FormRecognizerModel {
        let trainedAt = now.after(seconds: -30 * 86_400 * (1 + random.fraction()))
        return FormRecognizerModel(
            id: (seed.id ?? random.guid()).lowercased(),
            status: FormRecognizerModel.Status(rawValue: seed.status) ?? .ready,
            content: .init(
                name: seed.name,
                createdAt: trainedAt.wholeSeconds,
                updatedAt: trainedAt.after(seconds: 4).wholeSeconds,
                isTrained: seed.status == "ready",
                isLabelled: seed.labelled
            ),
            madeAt: trainedAt
        )
    }

    mutating func answer(_ work: Work<Route>, in premises: inout Premises) -> EmulatedAnswer {
        var answer =
            switch work.route.target {
            case .authorize: authorize(work, in: &premises)
            case .copy(let model): copy(from: model, work, in: &premises)
            case .copyResult(let model, let result): progress(of: result, from: model, work, in: &premises)
            case .getModel(let id): details(of: id, work)
            case .listModels: list(work, in: premises)
            case .deleteModel(let id): delete(id, work)
            case .notAllowed: Self.error(.methodNotAllowed, "405", "The requested HTTP method is not allowed.")
            }
        answer.chunked = work.route.version.sendsChunks && !answer.body.isEmpty
        return answer
    }

    func copyPolled(by route: Route, at resource: Int) -> CopyNumber? {
        guard case .copyResult(_, let result) = route.target else { return nil }
        return operations[result].flatMap { $0.resource == resource ? $0.number : nil }
    }

    /// The models that were never filled, for the report.
    func creating(in premises: Premises) -> [JSON] {
        models.enumerated().flatMap { resource, table in
            table.values.filter { $0.status == .creating }.sorted { $0.madeAt < $1.madeAt }.map { model in
                [
                    "resource": .string(premises.resources[resource].name), "modelId": .string(model.id),
                    "createdDateTime": .string(model.content.createdAt),
                    "clientRequestID": .text(model.clientRequestID),
                ]
            }
        }
    }
}
